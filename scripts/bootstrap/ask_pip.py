"""pip with the arguments given, for as long as the start that asked for it lives."""

import runpy
import sys

from end_with_parent import end_with_parent

# pip's own modules must not be looked for among ours.
del sys.path[0]
end_with_parent()
runpy.run_module("pip", run_name="__main__", alter_sys=True)
