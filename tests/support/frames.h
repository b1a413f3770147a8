#ifndef FRAMES_H
#define FRAMES_H

/**
 * Reading all of a frame, whatever it came from.
 */

#include "joblib/frame.h"

/**
 * Reads every cell of a frame in every way, and everything else that it has. False if what
 * the functions say of a cell does not agree. At most `most` cells of a column are read.
 */
bool frame_read_all(const joblib_frame *frame, size_t most);

#endif
