# Targets for the style of the sources:
#   format        rewrites them with clang-format
#   check-format  names what `format` would change
#   check-tidy    clang-tidy over the library, the command and the shared part of the bindings
#   check         both, then all tests

set(style_folders core bindings tests conformance)
list(TRANSFORM style_folders APPEND "/*.[ch]" OUTPUT_VARIABLE style_patterns)
file(GLOB_RECURSE style_files CONFIGURE_DEPENDS ${style_patterns})

find_program(CLANG_FORMAT clang-format)
find_program(CLANG_TIDY clang-tidy)
mark_as_advanced(CLANG_FORMAT CLANG_TIDY)

if(CLANG_FORMAT)
    add_custom_target(format COMMAND "${CLANG_FORMAT}" -i ${style_files}
        COMMENT "Formatting the C sources" VERBATIM)
    add_custom_target(check-format COMMAND "${CLANG_FORMAT}" --dry-run -Werror ${style_files}
        COMMENT "Checking the format of the C sources" VERBATIM)
endif()

if(CLANG_TIDY)
    set(tidy_files ${style_files})
    list(FILTER tidy_files INCLUDE REGEX "/(core/src|bindings/(c|swig))/.*\\.c$")
    list(JOIN tidy_files "\n" lines)
    set(tidy_list "${PROJECT_BINARY_DIR}/tidy.txt")
    file(CONFIGURE OUTPUT "${tidy_list}" CONTENT "${lines}\n" @ONLY)
    # One file a run: the va_list check of clang 14 errs after the first. The extra arguments
    # undo what gcc accepts and clang does not, and hardening that hides memcpy.
    add_custom_target(check-tidy
        COMMAND sh -c "xargs -P 2 -n 1 \"$@\" <'${tidy_list}'" xargs
            "${CLANG_TIDY}" --quiet -p "${PROJECT_BINARY_DIR}"
            --extra-arg=-ftrivial-auto-var-init=uninitialized
            --extra-arg=-Wno-unknown-warning-option --extra-arg=-U_FORTIFY_SOURCE
        COMMENT "Running clang-tidy" VERBATIM)
endif()

if(CLANG_FORMAT AND CLANG_TIDY)
    add_custom_target(check
        COMMAND "${CMAKE_COMMAND}" --build "${PROJECT_BINARY_DIR}" --target check-format
        COMMAND "${CMAKE_COMMAND}" --build "${PROJECT_BINARY_DIR}" --target check-tidy
        COMMAND "${CMAKE_COMMAND}" --build "${PROJECT_BINARY_DIR}"
        COMMAND "${CMAKE_CTEST_COMMAND}" --test-dir "${PROJECT_BINARY_DIR}"
            --output-on-failure
        USES_TERMINAL VERBATIM)
endif()
