/*
 * The layout of every public struct where pointers have 64 bits. A number here changes only
 * with JOBLIB_ABI_VERSION; a struct that begins with struct_size may gain fields at its end.
 */
#include <stddef.h>

#include "joblib.h"
#include "support/test.h"

#define SIZE(type, size) _Static_assert(sizeof(type) == (size), "size of " #type)
#define OFFSET(type, field, offset) \
    _Static_assert(offsetof(type, field) == (offset), "offset of " #type "." #field)

#if UINTPTR_MAX == UINT64_MAX

SIZE(joblib_error, 512);
OFFSET(joblib_error, status, 0);
OFFSET(joblib_error, layer, 4);
OFFSET(joblib_error, offset, 8);
OFFSET(joblib_error, file_offset, 16);
OFFSET(joblib_error, row, 24);
OFFSET(joblib_error, column, 32);
OFFSET(joblib_error, path, 40);
OFFSET(joblib_error, message, 232);

SIZE(joblib_allocator, 24);
OFFSET(joblib_allocator, struct_size, 0);
OFFSET(joblib_allocator, resize, 8);
OFFSET(joblib_allocator, ctx, 16);

SIZE(joblib_source, 24);
OFFSET(joblib_source, struct_size, 0);
OFFSET(joblib_source, read, 8);
OFFSET(joblib_source, ctx, 16);

SIZE(joblib_sink, 24);
OFFSET(joblib_sink, struct_size, 0);
OFFSET(joblib_sink, write, 8);
OFFSET(joblib_sink, ctx, 16);

SIZE(joblib_print_options, 24);
OFFSET(joblib_print_options, struct_size, 0);
OFFSET(joblib_print_options, format, 4);
OFFSET(joblib_print_options, allocator, 8);
OFFSET(joblib_print_options, levels, 16);

SIZE(joblib_array, 56);
OFFSET(joblib_array, struct_size, 0);
OFFSET(joblib_array, flags, 4);
OFFSET(joblib_array, data, 8);
OFFSET(joblib_array, dtype, 16);
OFFSET(joblib_array, shape, 24);
OFFSET(joblib_array, strides, 32);
OFFSET(joblib_array, ndim, 40);
OFFSET(joblib_array, count, 48);

SIZE(joblib_load_options, 128);
OFFSET(joblib_load_options, struct_size, 0);
OFFSET(joblib_load_options, mapping, 4);
OFFSET(joblib_load_options, allocator, 8);
OFFSET(joblib_load_options, max_memory, 16);
OFFSET(joblib_load_options, max_decoded, 24);
OFFSET(joblib_load_options, max_opcodes, 32);
OFFSET(joblib_load_options, max_depth, 40);
OFFSET(joblib_load_options, max_stack, 48);
OFFSET(joblib_load_options, max_memo, 56);
OFFSET(joblib_load_options, max_text, 64);
OFFSET(joblib_load_options, max_array, 72);
OFFSET(joblib_load_options, companions, 80);
OFFSET(joblib_load_options, max_input, 88);
OFFSET(joblib_load_options, max_codec_memory, 96);
OFFSET(joblib_load_options, progress, 104);
OFFSET(joblib_load_options, progress_ctx, 112);
OFFSET(joblib_load_options, borrow, 120);
OFFSET(joblib_load_options, reserved, 124);

SIZE(joblib_builder_options, 24);
OFFSET(joblib_builder_options, struct_size, 0);
OFFSET(joblib_builder_options, reserved, 4);
OFFSET(joblib_builder_options, allocator, 8);
OFFSET(joblib_builder_options, max_memory, 16);

SIZE(joblib_profile_finding, 32);
OFFSET(joblib_profile_finding, struct_size, 0);
OFFSET(joblib_profile_finding, rule, 4);
OFFSET(joblib_profile_finding, path, 8);
OFFSET(joblib_profile_finding, reason, 16);
OFFSET(joblib_profile_finding, offset, 24);

SIZE(joblib_profile_options, 40);
OFFSET(joblib_profile_options, struct_size, 0);
OFFSET(joblib_profile_options, profile, 4);
OFFSET(joblib_profile_options, allocator, 8);
OFFSET(joblib_profile_options, most_reported, 16);
OFFSET(joblib_profile_options, report, 24);
OFFSET(joblib_profile_options, report_ctx, 32);

SIZE(joblib_profile_result, 16);
OFFSET(joblib_profile_result, struct_size, 0);
OFFSET(joblib_profile_result, level, 4);
OFFSET(joblib_profile_result, findings, 8);

SIZE(joblib_audit_global, 56);
OFFSET(joblib_audit_global, struct_size, 0);
OFFSET(joblib_audit_global, verdict, 4);
OFFSET(joblib_audit_global, uses, 8);
OFFSET(joblib_audit_global, nesting, 12);
OFFSET(joblib_audit_global, module, 16);
OFFSET(joblib_audit_global, name, 24);
OFFSET(joblib_audit_global, reason, 32);
OFFSET(joblib_audit_global, offset, 40);
OFFSET(joblib_audit_global, count, 48);

SIZE(joblib_dump_options, 72);
OFFSET(joblib_dump_options, struct_size, 0);
OFFSET(joblib_dump_options, codec, 4);
OFFSET(joblib_dump_options, level, 8);
OFFSET(joblib_dump_options, protocol, 12);
OFFSET(joblib_dump_options, joblib_version, 16);
OFFSET(joblib_dump_options, python_version, 20);
OFFSET(joblib_dump_options, pickler, 24);
OFFSET(joblib_dump_options, fast, 28);
OFFSET(joblib_dump_options, in_place, 32);
OFFSET(joblib_dump_options, unchecked, 36);
OFFSET(joblib_dump_options, allocator, 40);
OFFSET(joblib_dump_options, unsynced, 48);
OFFSET(joblib_dump_options, numpy_version, 52);
OFFSET(joblib_dump_options, allow, 56);
OFFSET(joblib_dump_options, allow_count, 64);

SIZE(joblib_audit_options, 32);
OFFSET(joblib_audit_options, struct_size, 0);
OFFSET(joblib_audit_options, reserved, 4);
OFFSET(joblib_audit_options, load, 8);
OFFSET(joblib_audit_options, allow, 16);
OFFSET(joblib_audit_options, allow_ctx, 24);

SIZE(joblib_model_part, 56);
OFFSET(joblib_model_part, struct_size, 0);
OFFSET(joblib_model_part, status, 4);
OFFSET(joblib_model_part, path, 8);
OFFSET(joblib_model_part, reason, 16);
OFFSET(joblib_model_part, value, 24);
OFFSET(joblib_model_part, depth, 32);
OFFSET(joblib_model_part, methods, 36);
OFFSET(joblib_model_part, features, 40);
OFFSET(joblib_model_part, version, 48);

SIZE(joblib_model_options, 32);
OFFSET(joblib_model_options, struct_size, 0);
OFFSET(joblib_model_options, reserved, 4);
OFFSET(joblib_model_options, allocator, 8);
OFFSET(joblib_model_options, report, 16);
OFFSET(joblib_model_options, report_ctx, 24);

SIZE(joblib_input, 80);
OFFSET(joblib_input, struct_size, 0);
OFFSET(joblib_input, kind, 4);
OFFSET(joblib_input, rows, 8);
OFFSET(joblib_input, columns, 16);
OFFSET(joblib_input, values, 24);
OFFSET(joblib_input, dtype, 32);
OFFSET(joblib_input, row_stride, 40);
OFFSET(joblib_input, column_stride, 48);
OFFSET(joblib_input, row_offsets, 56);
OFFSET(joblib_input, column_indices, 64);
OFFSET(joblib_input, index_number, 72);
OFFSET(joblib_input, reserved, 76);

SIZE(joblib_run_options, 8);
OFFSET(joblib_run_options, struct_size, 0);
OFFSET(joblib_run_options, n_threads, 4);

SIZE(joblib_entries, 32);
OFFSET(joblib_entries, struct_size, 0);
OFFSET(joblib_entries, reserved, 4);
OFFSET(joblib_entries, count, 8);
OFFSET(joblib_entries, source, 16);
OFFSET(joblib_entries, factory, 24);

SIZE(joblib_sequence, 32);
OFFSET(joblib_sequence, struct_size, 0);
OFFSET(joblib_sequence, reserved, 4);
OFFSET(joblib_sequence, count, 8);
OFFSET(joblib_sequence, items, 16);
OFFSET(joblib_sequence, maximum, 24);

SIZE(joblib_datetime, 48);
OFFSET(joblib_datetime, struct_size, 0);
OFFSET(joblib_datetime, year, 4);
OFFSET(joblib_datetime, month, 8);
OFFSET(joblib_datetime, day, 12);
OFFSET(joblib_datetime, hour, 16);
OFFSET(joblib_datetime, minute, 20);
OFFSET(joblib_datetime, second, 24);
OFFSET(joblib_datetime, microsecond, 28);
OFFSET(joblib_datetime, fold, 32);
OFFSET(joblib_datetime, reserved, 36);
OFFSET(joblib_datetime, zone, 40);

SIZE(joblib_duration, 16);
OFFSET(joblib_duration, struct_size, 0);
OFFSET(joblib_duration, days, 4);
OFFSET(joblib_duration, seconds, 8);
OFFSET(joblib_duration, microseconds, 12);

SIZE(joblib_timezone, 24);
OFFSET(joblib_timezone, struct_size, 0);
OFFSET(joblib_timezone, reserved, 4);
OFFSET(joblib_timezone, offset, 8);
OFFSET(joblib_timezone, name, 16);

SIZE(joblib_slice, 32);
OFFSET(joblib_slice, struct_size, 0);
OFFSET(joblib_slice, reserved, 4);
OFFSET(joblib_slice, start, 8);
OFFSET(joblib_slice, stop, 16);
OFFSET(joblib_slice, step, 24);

SIZE(joblib_function, 32);
OFFSET(joblib_function, struct_size, 0);
OFFSET(joblib_function, reserved, 4);
OFFSET(joblib_function, module, 8);
OFFSET(joblib_function, name, 16);
OFFSET(joblib_function, owner, 24);

SIZE(joblib_partial, 32);
OFFSET(joblib_partial, struct_size, 0);
OFFSET(joblib_partial, reserved, 4);
OFFSET(joblib_partial, function, 8);
OFFSET(joblib_partial, arguments, 16);
OFFSET(joblib_partial, keywords, 24);

SIZE(joblib_random, 32);
OFFSET(joblib_random, struct_size, 0);
OFFSET(joblib_random, position, 4);
OFFSET(joblib_random, bit_generator, 8);
OFFSET(joblib_random, state, 16);
OFFSET(joblib_random, key, 24);

SIZE(joblib_sparse, 88);
OFFSET(joblib_sparse, struct_size, 0);
OFFSET(joblib_sparse, format, 4);
OFFSET(joblib_sparse, flags, 8);
OFFSET(joblib_sparse, ndim, 12);
OFFSET(joblib_sparse, rows, 16);
OFFSET(joblib_sparse, columns, 24);
OFFSET(joblib_sparse, count, 32);
OFFSET(joblib_sparse, data, 40);
OFFSET(joblib_sparse, pointers, 48);
OFFSET(joblib_sparse, indices, 56);
OFFSET(joblib_sparse, row_indices, 64);
OFFSET(joblib_sparse, shape, 72);
OFFSET(joblib_sparse, coordinates, 80);

SIZE(joblib_template_attribute, 40);
OFFSET(joblib_template_attribute, struct_size, 0);
OFFSET(joblib_template_attribute, kind, 4);
OFFSET(joblib_template_attribute, name, 8);
OFFSET(joblib_template_attribute, form, 16);
OFFSET(joblib_template_attribute, value, 24);
OFFSET(joblib_template_attribute, is_input, 32);
OFFSET(joblib_template_attribute, reserved, 36);

SIZE(joblib_frame_options, 32);
OFFSET(joblib_frame_options, struct_size, 0);
OFFSET(joblib_frame_options, reserved, 4);
OFFSET(joblib_frame_options, allocator, 8);
OFFSET(joblib_frame_options, max_memory, 16);
OFFSET(joblib_frame_options, max_cells, 24);

#endif

static void abi_version_of_the_library_is_that_of_the_headers(void)
{
    CHECK_EQ_INT(joblib_abi_version(), JOBLIB_ABI_VERSION);
    CHECK_EQ_TEXT(joblib_version(), JOBLIB_VERSION);
}

int main(void)
{
    RUN(abi_version_of_the_library_is_that_of_the_headers);
    return test_finish();
}
