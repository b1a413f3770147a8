/**
 * The functions that write one kind of value each, and the values that Python has one of.
 */
#ifndef JOBLIB_PICKLE_SAVERS_H
#define JOBLIB_PICKLE_SAVERS_H

#include "pickle/opcodes.h"
#include "pickle/write/writer.h"

typedef joblib_status joblib_pickle__saver(joblib_pickle__writer *writer,
                                           const joblib_value *value,
                                           joblib_error *error);

/* save_atoms.c */
joblib_pickle__saver joblib_pickle__save_none;
joblib_pickle__saver joblib_pickle__save_bool;
joblib_pickle__saver joblib_pickle__save_int;
joblib_pickle__saver joblib_pickle__save_float;
joblib_pickle__saver joblib_pickle__save_str;
joblib_pickle__saver joblib_pickle__save_bytes;
joblib_pickle__saver joblib_pickle__save_bytearray;

/* save_lines.c: protocol 0 */
joblib_pickle__saver joblib_pickle__save_int_line;
joblib_pickle__saver joblib_pickle__save_float_line;
joblib_pickle__saver joblib_pickle__save_str_line;
joblib_pickle__saver joblib_pickle__save_py2_line;

/* save_containers.c */
joblib_pickle__saver joblib_pickle__save_tuple;
joblib_pickle__saver joblib_pickle__save_list;
joblib_pickle__saver joblib_pickle__save_dict;
joblib_pickle__saver joblib_pickle__save_set;

/* save_calls.c: Python's own types, made by calls in older protocols */
joblib_pickle__saver joblib_pickle__save_complex;
joblib_pickle__saver joblib_pickle__call_bytes;
joblib_pickle__saver joblib_pickle__call_bytearray;
joblib_pickle__saver joblib_pickle__call_set;
joblib_pickle__saver joblib_pickle__call_reconstructor;

/* save_objects.c */
joblib_pickle__saver joblib_pickle__save_global;
joblib_pickle__saver joblib_pickle__save_object;
joblib_pickle__saver joblib_pickle__save_lowered;

/** Begins the batches that fill a list, dict or set: parts of `value`, one after the other. */
enum joblib_pickle__filling { JOBLIB_FILL_LIST, JOBLIB_FILL_DICT, JOBLIB_FILL_SET };

/**
 * `exact`: Python would meet an exact list, dict or set there, not an iterator. Parts of a set
 * may fill a list.
 */
joblib_status joblib_pickle__fill(joblib_pickle__writer *writer,
                                  enum joblib_pickle__filling filling,
                                  const joblib_value *value, bool exact,
                                  joblib_error *error);

/** Before the items of a tuple of `count` that stands in no document, and behind them. */
joblib_status joblib_pickle__open_tuple(joblib_pickle__writer *writer, size_t count,
                                        joblib_error *error);
joblib_status joblib_pickle__close_tuple(joblib_pickle__writer *writer, size_t count,
                                         const joblib_value *identity,
                                         joblib_error *error);

/** REDUCE, and the value's place in the memo; or GET where it got one meanwhile. */
joblib_status joblib_pickle__close_call(joblib_pickle__writer *writer, uint8_t opcode,
                                        const joblib_value *identity,
                                        joblib_error *error);

#endif
