// Compiled into the binding on Linux, so that TensorFlow's libraries do not speak while they are loaded.
//
// Their static initialisers log that oneDNN is in use, before anything of TensorFlow or ours could set a level. All of their log
// lines go through the function below; the dynamic linker looks for it first in the binding, because the binding is what Node
// loads, and so the libraries call this one instead of their own. While they are being loaded, it obeys TF_CPP_MIN_LOG_LEVEL
// (2, errors, where it is not set), which Abseil itself does not look at; afterwards it writes all it is given, as their own does.
//
// The inner namespace is that of Abseil in the pinned TensorFlow. With another one this file has no effect: the lines come back,
// nothing else changes, and test/integration/quietLoading.test.ts fails.

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace {

std::atomic<bool> loading{true};

// A library is initialised after those it needs: TensorFlow's are done when this runs.
__attribute__((constructor)) void endLoading() { loading = false; }

int lowestSeverity() {
  const char* level = std::getenv("TF_CPP_MIN_LOG_LEVEL");
  return level == nullptr ? 2 : std::atoi(level);
}

}  // namespace

namespace absl {
inline namespace lts_20250814 {

enum class LogSeverity : int {};

namespace log_internal {

__attribute__((visibility("default"))) void WriteToStderr(std::string_view message, LogSeverity severity) {
  if (loading && static_cast<int>(severity) < lowestSeverity()) return;
  std::fwrite(message.data(), 1, message.size(), stderr);
}

}  // namespace log_internal
}  // namespace lts_20250814
}  // namespace absl
