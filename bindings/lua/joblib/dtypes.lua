--- Types of the elements of arrays. Private: joblib.lua is the module.

local values = require "joblib.values"

local dtypes = {}
local HANDLE, wrap = values.HANDLE, values.wrap

local DType = {__name = "joblib.dtype"}
DType.__index = DType
dtypes.DType = DType

--- As numpy writes it: "<f8", "|b1", "<U5", "<M8[ns]", "|O"; of a record "|V64".
function DType.__tostring(dtype) return dtype[HANDLE]:text() end

--- Bytes of one element.
function DType:itemsize() return self[HANDLE]:itemsize() end

--- The fields of a record, each with `name`, `type` and `offset`, its bytes from the start of the
--- record; of other types an empty list.
function DType:fields()
  local handle, fields = self[HANDLE], {}
  for index = 0, handle:field_count() - 1 do
    fields[index + 1] = {
      name = handle:field_name(index), type = wrap(DType, handle:field(index)),
      offset = handle:field_offset(index),
    }
  end
  return fields
end

--- The type of the elements of a sub-array, such as ("<f8", (2, 3)); nil for other types.
function DType:base() return wrap(DType, self[HANDLE]:base()) end

--- The number of elements of a sub-array along each dimension; of other types an empty list.
function DType:shape() return values.read_shape(self[HANDLE]) end

--- The type of the elements of an array.
function values.Array:element_type() return wrap(DType, self[HANDLE]:element_type()) end

return dtypes
