#ifndef JOBLIB_LUA_NATIVE_H
#define JOBLIB_LUA_NATIVE_H

/* The code of Lua's typemaps: arguments from the stack, results to it, errors, streams. */

#include <stdlib.h>
#include <string.h>

#include <lauxlib.h>
#include <lua.h>

#include "handles.h"

#if LUA_VERSION_NUM < 504
#error "Lua 5.4 is needed: older versions have no <close>"
#endif

void joblib_blocking(void (*function)(void *argument), void *argument)
{
    function(argument);
}

static const char *check_text(lua_State *L, int index)
{
    size_t size;
    const char *text = luaL_checklstring(L, index, &size);
    luaL_argcheck(L, strlen(text) == size, index, "the text holds a NUL");
    return text;
}

static uint64_t check_unsigned(lua_State *L, int index)
{
    const lua_Integer number = luaL_checkinteger(L, index);
    luaL_argcheck(L, number >= 0, index, "the number is negative");
    return (uint64_t)number;
}

/* The memory is the collector's, since a later argument may raise. */
static void *allocate_numbers(lua_State *L, int index, size_t size, size_t *count)
{
    const lua_Integer length = luaL_len(L, index);
    luaL_argcheck(L, length >= 0 && (size_t)length <= SIZE_MAX / size, index,
                  "the length is out of range");
    *count = (size_t)length;
    return lua_newuserdatauv(L, *count * size, 0);
}

static const double *check_numbers(lua_State *L, int index, size_t *count)
{
    double *numbers = allocate_numbers(L, index, sizeof *numbers, count);
    for (size_t i = 0; i < *count; i++) {
        if (lua_geti(L, index, (lua_Integer)i + 1) != LUA_TNUMBER) {
            luaL_error(L, "column %d of a row is a %s (need a number)", (int)(i + 1),
                       luaL_typename(L, -1));
        }
        numbers[i] = lua_tonumber(L, -1);
        lua_pop(L, 1);
    }
    return numbers;
}

static joblib_int64s check_integers(lua_State *L, int index)
{
    size_t count;
    int64_t *numbers = allocate_numbers(L, index, sizeof *numbers, &count);
    for (size_t i = 0; i < count; i++) {
        int isinteger;
        lua_geti(L, index, (lua_Integer)i + 1);
        numbers[i] = lua_tointegerx(L, -1, &isinteger);
        if (!isinteger) {
            luaL_error(L, "item %d of a list is a %s (need an integer)", (int)(i + 1),
                       luaL_typename(L, -1));
        }
        lua_pop(L, 1);
    }
    return (joblib_int64s){numbers, count, NULL};
}

static void push_text(lua_State *L, const char *data, size_t size, void *owned)
{
    if (data == NULL) {
        lua_pushnil(L);
        return;
    }
    lua_pushlstring(L, data, size);
    free(owned);
}

/* Beyond Lua's integers: the decimal digits, which joblib.lua makes an object. */
static void push_unsigned(lua_State *L, uint64_t number)
{
    if (number <= LUA_MAXINTEGER) {
        lua_pushinteger(L, (lua_Integer)number);
    } else {
        lua_pushfstring(L, "%I%d", (lua_Integer)(number / 10), (int)(number % 10));
    }
}

static void push_number(lua_State *L, const joblib_numbers *numbers, size_t index)
{
    switch (numbers->number) {
    case JOBLIB_NUMBER_BOOL:
        lua_pushboolean(L, ((const int64_t *)numbers->data)[index] != 0);
        break;
    case JOBLIB_NUMBER_INT64:
        lua_pushinteger(L, ((const int64_t *)numbers->data)[index]);
        break;
    case JOBLIB_NUMBER_UINT64:
        push_unsigned(L, ((const uint64_t *)numbers->data)[index]);
        break;
    default:
        lua_pushnumber(L, ((const double *)numbers->data)[index]);
    }
}

static void push_numbers(lua_State *L, const joblib_numbers *numbers)
{
    lua_createtable(L, numbers->count < INT_MAX ? (int)numbers->count : 0, 0);
    for (size_t i = 0; i < numbers->count; i++) {
        push_number(L, numbers, i);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    free(numbers->owned);
}

/* Errors */

static const char error_type[] = "joblib.error";

static int error_metatable(lua_State *L)
{
    luaL_newmetatable(L, error_type);
    return 1;
}

static void set_text(lua_State *L, const char *field, const char *text)
{
    if (text[0] != '\0') {
        lua_pushstring(L, text);
        lua_setfield(L, -2, field);
    }
}

static void set_number(lua_State *L, const char *field, int64_t number)
{
    if (number >= 0) {
        lua_pushinteger(L, number);
        lua_setfield(L, -2, field);
    }
}

/* JOBLIB_NO_OFFSET is negative as an integer of Lua, as "no row" is. */
static void push_error(lua_State *L, const joblib_error *error)
{
    lua_createtable(L, 0, 9);
    set_number(L, "status", error->status);
    set_text(L, "name", joblib_status_name(error->status));
    set_text(L, "class", joblib_shim_status_class(error->status).data);
    set_text(L, "message", error->message);
    set_text(L, "path", error->path);
    set_number(L, "offset", (int64_t)error->offset);
    set_number(L, "file_offset", (int64_t)error->file_offset);
    set_number(L, "row", error->row);
    set_number(L, "column", error->column);
    luaL_setmetatable(L, error_type);
}

/* Streams: a function of Lua that returns the next bytes, as many as it likes. */

typedef struct lua_stream {
    lua_State *L;
    int reader; /* stack indices: the function, */
    int chunk;  /* and what it returned or raised last */
    size_t used;
    bool raised;
} lua_stream;

static bool read_chunk(lua_stream *stream, size_t size)
{
    lua_State *L = stream->L;
    lua_pushvalue(L, stream->reader);
    lua_pushinteger(L, (lua_Integer)size);
    stream->raised = lua_pcall(L, 1, 1, 0) != LUA_OK;
    stream->used = 0;
    lua_replace(L, stream->chunk);
    return !stream->raised;
}

static joblib_status read_lua(void *ctx, void *buffer, size_t size, size_t *got,
                              joblib_error *error)
{
    lua_stream *stream = ctx;
    size_t available = lua_rawlen(stream->L, stream->chunk);
    (void)error;
    if (stream->used == available && !read_chunk(stream, size)) {
        return JOBLIB_ERROR_CALLBACK;
    }
    available = lua_rawlen(stream->L, stream->chunk) - stream->used;
    *got = available < size ? available : size;
    if (*got > 0) {
        memcpy(buffer, lua_tostring(stream->L, stream->chunk) + stream->used, *got);
    }
    stream->used += *got;
    return JOBLIB_OK;
}

/* Writers: a function of Lua that takes the next bytes. */

typedef struct lua_writer {
    lua_State *L;
    int writer; /* stack index */
    bool raised;
    const char *data;
    size_t size;
} lua_writer;

/* Runs protected: making the string may raise, for want of memory. */
static int write_piece(lua_State *L)
{
    const lua_writer *stream = lua_touserdata(L, 2);
    lua_settop(L, 1);
    lua_pushlstring(L, stream->data, stream->size);
    lua_call(L, 1, 0);
    return 0;
}

/* What the writer raised stays on top of the stack. */
static joblib_status write_lua(void *ctx, const void *data, size_t size,
                               joblib_error *error)
{
    lua_writer *stream = ctx;
    (void)error;
    stream->data = data;
    stream->size = size;
    lua_pushcfunction(stream->L, write_piece);
    lua_pushvalue(stream->L, stream->writer);
    lua_pushlightuserdata(stream->L, stream);
    stream->raised = lua_pcall(stream->L, 2, 0, 0) != LUA_OK;
    return stream->raised ? JOBLIB_ERROR_CALLBACK : JOBLIB_OK;
}

#endif
