# joblib_find_python_with(<module> <variable>)
#
# Sets the cache variable to a Python that has the module: the one that was found, else that of
# the system, where its packages go. Else the variable is empty.

function(joblib_find_python_with module variable)
    if(${variable})
        return()
    endif()
    set(found "")
    foreach(python IN ITEMS "${Python3_EXECUTABLE}" /usr/bin/python3)
        execute_process(COMMAND "${python}" -c "import ${module}" RESULT_VARIABLE status
            OUTPUT_QUIET ERROR_QUIET)
        if(status EQUAL 0 AND NOT found)
            set(found "${python}")
        endif()
    endforeach()
    if(NOT found)
        message(STATUS "no Python with ${module}: its tests are left out")
    endif()
    set(${variable} "${found}" CACHE FILEPATH "A Python that has ${module}" FORCE)
endfunction()
