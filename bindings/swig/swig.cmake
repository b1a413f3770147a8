# What every binding made with SWIG shares:
#   joblib_handles      the handle shim, linked into each language's module
#   joblib_use_handles  links it
#   joblib_add_wrapper  runs SWIG in the build folder

set(JOBLIB_SWIG_DIR "${CMAKE_CURRENT_LIST_DIR}")
set(JOBLIB_SWIG_PATH "${JOBLIB_SWIG_DIR}" "${PROJECT_SOURCE_DIR}/core/src/base")

# Targets are not linked to joblib_flags: its linker options forbid symbols that an interpreter
# defines.
set(JOBLIB_FLAGS_OPTIONS "$<TARGET_PROPERTY:joblib_flags,INTERFACE_COMPILE_OPTIONS>")

# Each language includes this file; the first makes the target.
if(NOT TARGET joblib_handles)
    add_library(joblib_handles STATIC
        "${JOBLIB_SWIG_DIR}/handle_array.c"
        "${JOBLIB_SWIG_DIR}/handle_audit.c"
        "${JOBLIB_SWIG_DIR}/handle_builder.c"
        "${JOBLIB_SWIG_DIR}/handle_builder_array.c"
        "${JOBLIB_SWIG_DIR}/handle_common.c"
        "${JOBLIB_SWIG_DIR}/handle_document.c"
        "${JOBLIB_SWIG_DIR}/handle_dtype.c"
        "${JOBLIB_SWIG_DIR}/handle_dump.c"
        "${JOBLIB_SWIG_DIR}/handle_edit.c"
        "${JOBLIB_SWIG_DIR}/handle_element.c"
        "${JOBLIB_SWIG_DIR}/handle_input.c"
        "${JOBLIB_SWIG_DIR}/handle_model.c"
        "${JOBLIB_SWIG_DIR}/handle_print.c"
        "${JOBLIB_SWIG_DIR}/handle_report.c"
        "${JOBLIB_SWIG_DIR}/handle_status.c"
        "${JOBLIB_SWIG_DIR}/handle_template.c"
        "${JOBLIB_SWIG_DIR}/handle_value.c")
    target_include_directories(joblib_handles PUBLIC ${JOBLIB_SWIG_PATH})
    target_compile_features(joblib_handles PUBLIC c_std_11)
    target_compile_options(joblib_handles PRIVATE
        ${JOBLIB_FLAGS_OPTIONS} "$<TARGET_PROPERTY:joblib_warnings,INTERFACE_COMPILE_OPTIONS>")
    target_link_libraries(joblib_handles PUBLIC joblib::joblib)
    set_target_properties(joblib_handles PROPERTIES
        C_EXTENSIONS OFF
        C_VISIBILITY_PRESET hidden
        POSITION_INDEPENDENT_CODE ON)
    if(JOBLIB_BUILD_TESTS AND UNIX AND NOT APPLE)
        foreach(program IN ITEMS handles builders)
            add_executable(joblib_test_${program} "${JOBLIB_SWIG_DIR}/test/test_${program}.c")
            target_include_directories(joblib_test_${program} PRIVATE
                "${PROJECT_SOURCE_DIR}/tests")
            target_link_libraries(joblib_test_${program} PRIVATE
                joblib_handles joblib_flags joblib_warnings)
            target_link_options(joblib_test_${program} PRIVATE
                LINKER:--wrap=malloc LINKER:--wrap=calloc LINKER:--wrap=realloc)
            joblib_add_test(NAME bindings.${program} LABELS bindings
                COMMAND joblib_test_${program})
        endforeach()
    endif()
endif()

# joblib_use_handles(<target>): what every module of a language is linked and compiled with.
function(joblib_use_handles target)
    target_compile_options(${target} PRIVATE ${JOBLIB_FLAGS_OPTIONS})
    target_link_libraries(${target} PRIVATE joblib_handles)
    set_target_properties(${target} PROPERTIES C_STANDARD 11 C_VISIBILITY_PRESET hidden)
endfunction()

# joblib_add_wrapper(OUTPUT <wrapper.c> INTERFACE <lang.i> OPTIONS -<lang>...
#                    [BYPRODUCTS <file>...])
#
# Makes the C file OUTPUT. SWIG's warnings are errors with JOBLIB_WERROR.
function(joblib_add_wrapper)
    cmake_parse_arguments(PARSE_ARGV 0 arg "" "OUTPUT;INTERFACE" "OPTIONS;BYPRODUCTS")
    cmake_path(GET arg_OUTPUT PARENT_PATH folder)
    set(paths ${JOBLIB_SWIG_PATH})
    list(TRANSFORM paths PREPEND "-I")
    file(GLOB shared CONFIGURE_DEPENDS "${JOBLIB_SWIG_DIR}/*.i")
    add_custom_command(
        OUTPUT "${arg_OUTPUT}"
        BYPRODUCTS ${arg_BYPRODUCTS}
        COMMAND "${CMAKE_COMMAND}" -E make_directory "${folder}"
        COMMAND "${SWIG_EXECUTABLE}" -Wall $<$<BOOL:${JOBLIB_WERROR}>:-Werror> ${arg_OPTIONS}
            ${paths} -outdir "${folder}" -o "${arg_OUTPUT}" "${arg_INTERFACE}"
        DEPENDS "${arg_INTERFACE}" ${shared} "${PROJECT_SOURCE_DIR}/core/src/base/status.def"
        COMMENT "Generating ${arg_OUTPUT}"
        COMMAND_EXPAND_LISTS VERBATIM)
endfunction()
