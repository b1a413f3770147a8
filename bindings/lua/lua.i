/* Lua 5.4: the private module joblib.core, over which joblib.lua stands. */

%module joblib_core
%include "defaults.i"

%{
#include "lua_native.h"
%}

/* Lua lists hold any number, and predictions come as arrays. */
%ignore JoblibArray::float64s;
%ignore JoblibArray::int64s;
%ignore JoblibModel::fill;

%native(error_metatable) int error_metatable(lua_State *L);

%typemap(in) int64_t "$1 = luaL_checkinteger(L, $input);"
%typemap(in) uint64_t, size_t "$1 = ($1_ltype)check_unsigned(L, $input);"
%typemap(in) int, uint32_t "$1 = ($1_ltype)luaL_checkinteger(L, $input);"
%typemap(out) int64_t, int, uint32_t "lua_pushinteger(L, (lua_Integer)$1); SWIG_arg++;"
%typemap(out) uint64_t, size_t "push_unsigned(L, $1); SWIG_arg++;"

%typemap(in) const char *text "$1 = (char *)check_text(L, $input);"
%typemap(in) (const void *data, size_t size) "$1 = (void *)luaL_checklstring(L, $input, &$2);"
%typemap(in) (const double *values, size_t count) "$1 = (double *)check_numbers(L, $input, &$2);"
%typemap(in) joblib_int64s "$1 = check_integers(L, $input);"
%typemap(out) joblib_text, joblib_bytes
    "push_text(L, (const char *)$1.data, $1.size, $1.owned); SWIG_arg++;"
%typemap(out) joblib_numbers "push_numbers(L, &$1); SWIG_arg++;"

%typemap(in) joblib_source *source (joblib_source source, lua_stream stream) {
    luaL_checktype(L, $input, LUA_TFUNCTION);
    lua_pushliteral(L, "");
    stream = (lua_stream){L, $input, lua_gettop(L), 0, false};
    source = (joblib_source){sizeof source, read_lua, &stream};
    $1 = &source;
}
%typemap(argout) joblib_source *source {
    if (stream$argnum.raised) {
        lua_pushvalue(L, stream$argnum.chunk);
        SWIG_fail;
    }
}

%typemap(in) joblib_sink *sink (joblib_sink sink, lua_writer stream) {
    luaL_checktype(L, $input, LUA_TFUNCTION);
    stream = (lua_writer){.L = L, .writer = $input};
    sink = (joblib_sink){sizeof sink, write_lua, &stream};
    $1 = &sink;
}
%typemap(argout) joblib_sink *sink {
    if (stream$argnum.raised) {
        SWIG_fail;
    }
}

%typemap(in, numinputs=0) joblib_error *error (joblib_error error) {
    joblib_error_init(&error);
    $1 = &error;
}
%typemap(argout) joblib_error *error {
    if (error$argnum.status != JOBLIB_OK) {
        push_error(L, &error$argnum);
        SWIG_fail;
    }
}

%include "joblib.i"
