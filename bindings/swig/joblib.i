/* Second part of every language's interface: the functions and classes. */

%include "error.i"
%include "library.i"
%include "document.i"
%include "dump.i"
%include "array.i"
%include "dtype.i"
%include "builder.i"
%include "audit.i"
%include "model.i"
