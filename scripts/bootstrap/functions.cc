// Compiled in place of the package's binding/tfjs_binding.cc, which it includes: the binding with two calls more.
//
//   createFunction({name, inputs, nodes, outputs, controlOutputs})   joins ops into a TensorFlow function
//   removeFunction(name)
//
// A function is run like an op, by `executeOp` with its name. What JavaScript gives (types: src/engine/tensorflow/functionBinding.ts):
//
//   inputs          [{dtype, shape?}]: nodes 0, 1, … of the function
//   nodes           [{op, attributes, inputs, control, list?}, or {constant: {dtype, shape, values}}]: the nodes after them
//   inputs of a node and outputs of the function   [node, output, node, output, …]
//   control, controlOutputs                        [node, …]: what must have run before, and what must run at all
//   list            so many of the first inputs are one argument, as AddN and ConcatV2 have it
//
// Only Node-API and TensorFlow's C API are used, so one compiled file serves every Node and Electron.

#include <node_api.h>

// The package's registration is left out, its Init function stays.
#undef NAPI_MODULE
#define NAPI_MODULE(name, init)
#include "binding/tfjs_binding.cc"

#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

#include "binding/tf_auto_tensor.h"

namespace tfnodejs {

// The package keeps its context to itself. An explicit instantiation may name private members, and so this one hands it out.
template <auto Member>
struct ContextOf {
  friend TFE_Context *contextOf(TFJSBackend &backend) { return backend.*Member; }
};
template struct ContextOf<&TFJSBackend::tfe_context_>;
TFE_Context *contextOf(TFJSBackend &backend);

namespace {

void require(napi_status status, const char *what) {
  if (status != napi_ok) throw std::runtime_error(std::string("the description of a function lacks ") + what);
}

void require(const TF_AutoStatus &status) {
  if (TF_GetCode(status.status) != TF_OK) throw std::runtime_error(TF_Message(status.status));
}

// A JavaScript value to be read.
class Value {
 public:
  Value(napi_env env, napi_value value) : env_(env), value_(value) {}

  bool has(const char *name) const {
    bool there = false;
    require(napi_has_named_property(env_, value_, name, &there), name);
    return there;
  }

  Value at(const char *name) const {
    napi_value property;
    require(napi_get_named_property(env_, value_, name, &property), name);
    return Value(env_, property);
  }

  bool isArray() const {
    bool array = false;
    require(napi_is_array(env_, value_, &array), "a value");
    return array;
  }

  std::vector<Value> elements() const {
    uint32_t length = 0;
    require(napi_get_array_length(env_, value_, &length), "an array");
    std::vector<Value> elements;
    for (uint32_t i = 0; i < length; i++) {
      napi_value element;
      require(napi_get_element(env_, value_, i, &element), "an element");
      elements.emplace_back(env_, element);
    }
    return elements;
  }

  std::string text() const {
    std::string text;
    require(GetStringParam(env_, value_, text), "a text");
    return text;
  }

  int64_t integer() const {
    int64_t number = 0;
    require(napi_get_value_int64(env_, value_, &number), "a whole number");
    return number;
  }

  double number() const {
    double number = 0;
    require(napi_get_value_double(env_, value_, &number), "a number");
    return number;
  }

  bool truth() const {
    bool truth = false;
    require(napi_get_value_bool(env_, value_, &truth), "true or false");
    return truth;
  }

  std::vector<int64_t> integers() const {
    std::vector<int64_t> numbers;
    for (const Value &element : elements()) numbers.push_back(element.integer());
    return numbers;
  }

  // Of a typed array, to be copied at once.
  const void *data() const {
    void *data = nullptr;
    require(napi_get_typedarray_info(env_, value_, nullptr, nullptr, &data, nullptr, nullptr), "a typed array");
    return data;
  }

  size_t elementCount() const {
    size_t count = 0;
    require(napi_get_typedarray_info(env_, value_, nullptr, &count, nullptr, nullptr, nullptr), "a typed array");
    return count;
  }

 private:
  napi_env env_;
  napi_value value_;
};

void setAttribute(TF_OperationDescription *node, const Value &attribute) {
  const std::string name = attribute.at("name").text();
  const Value value = attribute.at("value");
  switch (attribute.at("type").integer()) {
    case TF_ATTR_STRING: {
      const std::string text = value.text();
      return TF_SetAttrString(node, name.c_str(), text.data(), text.size());
    }
    case TF_ATTR_INT: {
      if (!value.isArray()) return TF_SetAttrInt(node, name.c_str(), value.integer());
      const std::vector<int64_t> numbers = value.integers();
      return TF_SetAttrIntList(node, name.c_str(), numbers.data(), static_cast<int>(numbers.size()));
    }
    case TF_ATTR_FLOAT: {
      if (!value.isArray()) return TF_SetAttrFloat(node, name.c_str(), static_cast<float>(value.number()));
      std::vector<float> numbers;
      for (const Value &element : value.elements()) numbers.push_back(static_cast<float>(element.number()));
      return TF_SetAttrFloatList(node, name.c_str(), numbers.data(), static_cast<int>(numbers.size()));
    }
    case TF_ATTR_BOOL:
      return TF_SetAttrBool(node, name.c_str(), value.truth() ? 1 : 0);
    case TF_ATTR_TYPE:
      return TF_SetAttrType(node, name.c_str(), static_cast<TF_DataType>(value.integer()));
    case TF_ATTR_SHAPE: {
      const std::vector<int64_t> shape = value.integers();
      return TF_SetAttrShape(node, name.c_str(), shape.data(), static_cast<int>(shape.size()));
    }
    default:
      throw std::runtime_error("the attribute " + name + " is of a kind that a function cannot have");
  }
}

// The graph of a function while it is put together.
class FunctionGraph {
 public:
  FunctionGraph() : graph_(TF_NewGraph()) {}
  ~FunctionGraph() { TF_DeleteGraph(graph_); }
  FunctionGraph(const FunctionGraph &) = delete;
  FunctionGraph &operator=(const FunctionGraph &) = delete;

  void addInput(const Value &input) {
    TF_OperationDescription *node = begin("Placeholder");
    TF_SetAttrType(node, "dtype", static_cast<TF_DataType>(input.at("dtype").integer()));
    if (input.has("shape")) {
      const std::vector<int64_t> shape = input.at("shape").integers();
      TF_SetAttrShape(node, "shape", shape.data(), static_cast<int>(shape.size()));
    }
    finish(node);
  }

  void addConstant(const Value &constant) {
    const auto dtype = static_cast<TF_DataType>(constant.at("dtype").integer());
    const std::vector<int64_t> shape = constant.at("shape").integers();
    const Value values = constant.at("values");
    const size_t bytes = values.elementCount() * TF_DataTypeSize(dtype);
    const TF_AutoTensor tensor(TF_AllocateTensor(dtype, shape.data(), static_cast<int>(shape.size()), bytes));
    if (bytes != TF_TensorByteSize(tensor.tensor)) throw std::runtime_error("a constant's values do not fill its shape");
    std::memcpy(TF_TensorData(tensor.tensor), values.data(), bytes);
    TF_OperationDescription *node = begin("Const");
    TF_AutoStatus status;
    TF_SetAttrType(node, "dtype", dtype);
    TF_SetAttrTensor(node, "value", tensor.tensor, status.status);
    finish(node);
    require(status);
  }

  void addOperation(const Value &operation) {
    const std::vector<TF_Output> inputs = outputs(operation.at("inputs"));
    const std::vector<const TF_Operation *> before = operations(operation.at("control"));
    const size_t listed = operation.has("list") ? operation.at("list").integer() : 0;
    if (listed > inputs.size()) throw std::runtime_error("a list of inputs is longer than the inputs");
    TF_OperationDescription *node = begin(operation.at("op").text());
    if (listed > 0) TF_AddInputList(node, inputs.data(), static_cast<int>(listed));
    for (size_t i = listed; i < inputs.size(); i++) TF_AddInput(node, inputs[i]);
    for (const TF_Operation *earlier : before) TF_AddControlInput(node, const_cast<TF_Operation *>(earlier));
    for (const Value &attribute : operation.at("attributes").elements()) setAttribute(node, attribute);
    finish(node);
  }

  // Gives the context the function; it keeps a copy of its own.
  void addTo(TFE_Context *context, const Value &description, size_t inputCount) const {
    std::vector<TF_Output> inputs;
    for (size_t i = 0; i < inputCount; i++) inputs.push_back({const_cast<TF_Operation *>(nodes_.at(i)), 0});
    const std::vector<TF_Output> results = outputs(description.at("outputs"));
    const std::vector<const TF_Operation *> control = operations(description.at("controlOutputs"));
    TF_AutoStatus status;
    TF_Function *function = TF_GraphToFunctionWithControlOutputs(
        graph_, description.at("name").text().c_str(), 0, -1, nullptr, static_cast<int>(inputs.size()), inputs.data(),
        static_cast<int>(results.size()), results.data(), nullptr, static_cast<int>(control.size()), control.data(),
        nullptr, nullptr, nullptr, status.status);
    require(status);
    TFE_ContextAddFunction(context, function, status.status);
    TF_DeleteFunction(function);
    require(status);
  }

 private:
  TF_OperationDescription *begin(const std::string &op) {
    const std::string name = "n" + std::to_string(nodes_.size()) + "_" + op;
    return TF_NewOperation(graph_, op.c_str(), name.c_str());
  }

  // TensorFlow checks the op here: its types, its shapes, its attributes.
  void finish(TF_OperationDescription *node) {
    TF_AutoStatus status;
    const TF_Operation *operation = TF_FinishOperation(node, status.status);
    require(status);
    nodes_.push_back(operation);
  }

  std::vector<const TF_Operation *> operations(const Value &places) const {
    std::vector<const TF_Operation *> operations;
    for (const int64_t place : places.integers()) operations.push_back(nodes_.at(place));
    return operations;
  }

  std::vector<TF_Output> outputs(const Value &places) const {
    const std::vector<int64_t> numbers = places.integers();
    std::vector<TF_Output> outputs;
    for (size_t i = 0; i + 1 < numbers.size(); i += 2) {
      outputs.push_back({const_cast<TF_Operation *>(nodes_.at(numbers[i])), static_cast<int>(numbers[i + 1])});
    }
    return outputs;
  }

  TF_Graph *graph_;
  std::vector<const TF_Operation *> nodes_;
};

// Runs `work` on the one argument of a call; what it throws becomes JavaScript's error, with all of its words.
template <typename Work>
napi_value withArgument(napi_env env, napi_callback_info info, Work work) {
  try {
    size_t count = 1;
    napi_value argument;
    require(napi_get_cb_info(env, info, &count, &argument, nullptr, nullptr), "an argument");
    TFJSBackend *const backend = GetTFJSBackend(env);
    if (backend != nullptr && count == 1) work(contextOf(*backend), Value(env, argument));
  } catch (const std::exception &error) {
    napi_throw_error(env, nullptr, error.what());
  }
  return nullptr;
}

napi_value CreateFunction(napi_env env, napi_callback_info info) {
  return withArgument(env, info, [](TFE_Context *context, const Value &description) {
    FunctionGraph graph;
    const std::vector<Value> inputs = description.at("inputs").elements();
    for (const Value &input : inputs) graph.addInput(input);
    for (const Value &node : description.at("nodes").elements()) {
      if (node.has("constant")) graph.addConstant(node.at("constant"));
      else graph.addOperation(node);
    }
    graph.addTo(context, description, inputs.size());
  });
}

napi_value RemoveFunction(napi_env env, napi_callback_info info) {
  return withArgument(env, info, [](TFE_Context *context, const Value &name) {
    TF_AutoStatus status;
    TFE_ContextRemoveFunction(context, name.text().c_str(), status.status);
    require(status);
  });
}

}  // namespace

napi_value InitWithFunctions(napi_env env, napi_value exports) {
  InitTFNodeJSBinding(env, exports);
  const napi_property_descriptor calls[] = {
      {"createFunction", nullptr, CreateFunction, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"removeFunction", nullptr, RemoveFunction, nullptr, nullptr, nullptr, napi_default, nullptr},
  };
  ENSURE_NAPI_OK_RETVAL(env, napi_define_properties(env, exports, ARRAY_SIZE(calls), calls), exports);
  return exports;
}

}  // namespace tfnodejs

NAPI_MODULE_INIT() { return tfnodejs::InitWithFunctions(env, exports); }
