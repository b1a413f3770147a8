/**
 * The objects that stand in a pickle for values, as they were loaded.
 *
 * An array is a wrapper of joblib, or a call of numpy and its state. A value behind a wrapper in a
 * pickle of its own is met twice: as the wrapper, then as its own content.
 */
#ifndef JOBLIB_PRINT_PICKLED_H
#define JOBLIB_PRINT_PICKLED_H

#include <stdbool.h>
#include <stddef.h>

#include "joblib/error.h"
#include "print/children.h"

/** JOBLIB_ERROR_UNSUPPORTED for what stood in no pickle, or is not as it stood there. */
joblib_status joblib_print__check_pickled(const joblib_value *value,
                                          joblib_print__reading reading,
                                          joblib_error *error);

/** True where the pickle refers to the value a second time. No wrapper is referred to. */
bool joblib_print__is_referred(const joblib_value *value, joblib_print__reading reading);

/** True for a wrapper: elements follow it in the file, or a pickle. */
bool joblib_print__is_wrapped(const joblib_value *value, joblib_print__reading reading);

/** True for a wrapper that a pickle follows. */
bool joblib_print__has_content(const joblib_value *value, joblib_print__reading reading);

/** A wrapper's protocol of the pickle that follows, and its alignment; 0 for none. */
unsigned joblib_print__content_protocol(const joblib_value *value);
unsigned joblib_print__alignment(const joblib_value *value);

/** The part of that role of the object that stands for the value; NULL for none. */
const joblib_value *joblib_print__pickled_part(const joblib_value *value,
                                               joblib_print__reading reading,
                                               joblib_print__role role);

/** How the object is made. */
joblib_form joblib_print__pickled_form(const joblib_value *value,
                                       joblib_print__reading reading);

/** True for an object of a call whose arguments went into no memo. */
bool joblib_print__is_bare(const joblib_value *value, joblib_print__reading reading);

/** True for an int that came as a long, which Python 2 tells from int. */
bool joblib_print__is_long(const joblib_value *value);

/** True for a str with lone surrogates. */
bool joblib_print__has_surrogates(const joblib_value *value);

/** Whether texts of the pickle named the class; the module, or as part 1 the name. */
bool joblib_print__is_spelled(const joblib_value *global);
const joblib_value *joblib_print__spelled_part(const joblib_value *global, size_t index);

#endif
