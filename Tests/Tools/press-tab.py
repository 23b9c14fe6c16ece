"""Types into a bash on a pseudo terminal that has read the completion script, presses tab, and looks at what stands there."""
import os
import pty
import select
import sys
import time

WANTED = {
    "devin-sync bac\t": "devin-sync backup ",
    "devin-sync sync --progress l\t": "--progress lines ",
    "devin-sync sync session_mes\t": "session_messages ",
    "devin-sync config sh\t": "config show ",
    "devin-sync sync --all-p\t": "--all-profiles ",
}


def typed(script, keys, wanted):
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(PS1="ready> ", TERM="dumb")
        os.execvp("bash", ["bash", "--norc", "--noprofile", "-i"])
    shown = b""

    def until(text):
        nonlocal shown
        end = time.time() + 30
        while text not in shown and time.time() < end:
            if select.select([terminal], [], [], 1)[0]:
                try:
                    shown += os.read(terminal, 65536)
                except OSError:
                    break
        return text in shown

    until(b"ready> ")
    os.write(terminal, f". '{script}'; echo read''y\n".encode())
    until(b"ready\r\n")
    shown = b""
    os.write(terminal, keys.encode())
    found = until(wanted.encode())
    os.close(terminal)
    os.waitpid(child, 0)
    return found, shown


for keys, wanted in WANTED.items():
    found, shown = typed(os.path.abspath(sys.argv[1]), keys, wanted)
    if not found:
        sys.exit(f"after {keys!r} bash shows {shown!r}, not {wanted!r}")
print(f"completions: {len(WANTED)} tried in bash on a terminal")
