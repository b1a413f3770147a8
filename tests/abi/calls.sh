#!/bin/sh
# calls.sh OBJECTS: what the core must not call. Memory comes from the caller's allocator,
# nothing is printed, executed or looked up outside, and no answer depends on the locale.
set -eu

forbidden='
malloc calloc realloc reallocarray free aligned_alloc posix_memalign memalign strdup strndup
printf vprintf fprintf vfprintf dprintf asprintf vasprintf puts putchar putc fputs fputc
fopen fdopen freopen fclose fread fwrite fflush open openat read write perror stat
setlocale localeconv strtod strtof strtold atof ctype_b_loc ctype_tolower_loc
ctype_toupper_loc getenv secure_getenv setenv putenv
exit _exit quick_exit abort atexit raise signal sigaction longjmp setjmp _setjmp
system popen dlopen dlsym fork vfork posix_spawn posix_spawnp
execl execle execlp execv execve execvp execvpe fexecve
socket connect bind accept listen getaddrinfo
'

# The files whose task is one of these: memory of the C library, pages, files.
exempt='/(base/allocator|base/pages|io/file|io/system)\.c\.'

checked=0
failed=0
while read -r object; do
    if echo "$object" | grep -Eq "$exempt"; then continue; fi
    checked=$((checked + 1))
    # __printf_chk is printf with FORTIFY_SOURCE.
    calls=$(nm -u "$object" | awk -v forbidden="$forbidden" '
        BEGIN { split(forbidden, names); for (i in names) bad[names[i]] }
        { name = $2; sub("^__(isoc99_|isoc23_)?", "", name); sub("_chk$", "", name) }
        name in bad { printf " %s", name }')
    if [ -n "$calls" ]; then
        echo "${object##*.dir/} calls$calls"
        failed=$((failed + 1))
    fi
done <"$1"

echo "$((checked - failed)) passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$checked" -gt 0 ]
