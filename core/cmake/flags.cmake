# Two interface libraries for every target of the project, never exported:
#   joblib_flags     code generation, hardening and sanitizers
#   joblib_warnings  warnings, for code written by hand

include(CheckCCompilerFlag)

add_library(joblib_flags INTERFACE)
add_library(joblib_warnings INTERFACE)

# Adds a flag to joblib_flags where the compiler knows it.
function(joblib_add_flag flag)
    string(MAKE_C_IDENTIFIER "JOBLIB_FLAG${flag}" known)
    set(CMAKE_REQUIRED_FLAGS -Werror)
    check_c_compiler_flag(${flag} ${known})
    if(${known})
        target_compile_options(joblib_flags INTERFACE $<$<COMPILE_LANGUAGE:C>:${flag}>)
    endif()
endfunction()

# A fused multiply-add rounds once where scikit-learn rounds twice: predictions would differ
# in their last bit.
joblib_add_flag(-ffp-contract=off)

# What an optimiser may conclude from undefined behaviour must not remove a check.
joblib_add_flag(-fno-strict-overflow)
joblib_add_flag(-fno-strict-aliasing)
joblib_add_flag(-fno-delete-null-pointer-checks)

if(JOBLIB_SANITIZE)
    list(JOIN JOBLIB_SANITIZE "," sanitizers)
    target_compile_options(joblib_flags INTERFACE
        -fsanitize=${sanitizers} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(joblib_flags INTERFACE -fsanitize=${sanitizers})
elseif(NOT MSVC)
    # Not with sanitizers: these hide what they look for.
    joblib_add_flag(-fstack-protector-strong)
    joblib_add_flag(-fstack-clash-protection)
    joblib_add_flag(-fcf-protection=full)
    joblib_add_flag(-mbranch-protection=standard)
    joblib_add_flag(-ftrivial-auto-var-init=zero)
    joblib_add_flag(-fstrict-flex-arrays=3)
    target_compile_options(joblib_flags INTERFACE
        $<$<AND:$<COMPILE_LANGUAGE:C>,$<NOT:$<CONFIG:Debug>>>:-U_FORTIFY_SOURCE>
        $<$<AND:$<COMPILE_LANGUAGE:C>,$<NOT:$<CONFIG:Debug>>>:-D_FORTIFY_SOURCE=3>)
    if(UNIX AND NOT APPLE)
        target_link_options(joblib_flags INTERFACE
            LINKER:-z,relro LINKER:-z,now LINKER:-z,noexecstack LINKER:-z,defs
            LINKER:--as-needed)
    endif()
endif()

if(MSVC)
    target_compile_options(joblib_warnings INTERFACE /W4 $<$<BOOL:${JOBLIB_WERROR}>:/WX>)
else()
    target_compile_options(joblib_warnings INTERFACE
        -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wundef -Wvla -Wformat=2
        -Wdouble-promotion -Wimplicit-fallthrough
        $<$<COMPILE_LANGUAGE:C>:-Wstrict-prototypes>
        $<$<COMPILE_LANGUAGE:C>:-Wmissing-prototypes>
        $<$<BOOL:${JOBLIB_WERROR}>:-Werror>)
endif()
