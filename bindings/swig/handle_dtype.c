/* Element types: records and sub-arrays, which the text of a dtype does not tell. */

#include <inttypes.h>
#include <stdlib.h>

#include "handle_common.h"

static JoblibDType *make_dtype(joblib_owner owner, const joblib_dtype *dtype,
                               joblib_error *error)
{
    JoblibDType *self = dtype ? joblib_shim__allocate(sizeof *self, error) : NULL;
    if (self != NULL) {
        self->owner = joblib_shim__retain(owner);
        self->dtype = dtype;
    }
    return self;
}

JoblibDType *JoblibValue_element_type(const JoblibValue *self, joblib_error *error)
{
    const joblib_owner owner = {.document = self->document};
    return make_dtype(owner, joblib_value_dtype(self->node), error);
}

JoblibDType *JoblibArray_element_type(const JoblibArray *self, joblib_error *error)
{
    return make_dtype(self->owner, self->view.dtype, error);
}

void delete_JoblibDType(JoblibDType *self)
{
    if (self != NULL) {
        joblib_shim__release(&self->owner);
        free(self);
    }
}

joblib_text JoblibDType_text(const JoblibDType *self)
{
    return joblib_shim__text(joblib_dtype_text(self->dtype));
}

size_t JoblibDType_itemsize(const JoblibDType *self)
{
    return joblib_dtype_itemsize(self->dtype);
}

size_t JoblibDType_field_count(const JoblibDType *self)
{
    return joblib_dtype_field_count(self->dtype);
}

joblib_text JoblibDType_field_name(const JoblibDType *self, size_t index)
{
    joblib_text name = {NULL, 0, NULL};
    name.data = joblib_dtype_field_name(self->dtype, index, &name.size);
    return name;
}

size_t JoblibDType_field_offset(const JoblibDType *self, size_t index)
{
    size_t offset = 0;
    (void)joblib_dtype_field(self->dtype, index, NULL, NULL, &offset);
    return offset;
}

JoblibDType *JoblibDType_field(const JoblibDType *self, size_t index, joblib_error *error)
{
    const joblib_dtype *field = NULL;
    (void)joblib_dtype_field(self->dtype, index, NULL, &field, NULL);
    return make_dtype(self->owner, field, error);
}

JoblibDType *JoblibDType_base(const JoblibDType *self, joblib_error *error)
{
    return make_dtype(self->owner, joblib_dtype_base(self->dtype), error);
}

size_t JoblibDType_ndim(const JoblibDType *self)
{
    return joblib_dtype_ndim(self->dtype);
}

int64_t JoblibDType_shape(const JoblibDType *self, size_t axis, joblib_error *error)
{
    if (axis >= joblib_dtype_ndim(self->dtype)) {
        joblib_shim__fail(error, JOBLIB_ERROR_RANGE,
                          "axis %zu of a dtype of %zu dimensions", axis,
                          joblib_dtype_ndim(self->dtype));
        return 0;
    }
    return joblib_dtype_shape(self->dtype)[axis];
}
