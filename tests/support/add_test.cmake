# joblib_add_test(NAME <name> LABELS <label>... COMMAND <word>... [TIMEOUT <seconds>])
#
# Registers a test under the name `<JOBLIB_TEST_PREFIX><name>`. Relative paths in COMMAND are
# those of the folder of the vectors.

function(joblib_add_test)
    cmake_parse_arguments(PARSE_ARGV 0 arg "" "NAME;TIMEOUT" "LABELS;COMMAND")
    set(name "${JOBLIB_TEST_PREFIX}${arg_NAME}")
    add_test(NAME "${name}" COMMAND ${arg_COMMAND}
        WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}/conformance/vectors")
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 900)
    endif()
    set_tests_properties("${name}" PROPERTIES
        LABELS "${arg_LABELS}"
        TIMEOUT ${arg_TIMEOUT}
        ENVIRONMENT "ASAN_OPTIONS=allocator_may_return_null=1;TSAN_OPTIONS=allocator_may_return_null=1;UBSAN_OPTIONS=print_stacktrace=1")
endfunction()
