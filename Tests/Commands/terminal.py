"""A pseudo-terminal with the command in it, and what a terminal would show of what it writes."""

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
import unicodedata

from support import BINARY, REPOSITORY, environment


class Terminal:
    """The command in a terminal of a size; everything that it writes is kept, and also shown on a screen."""

    def __init__(self, *arguments, program=BINARY, rows=40, columns=100, cwd=REPOSITORY, **further):
        self.raw = b""
        self.plain = ""  # without escape sequences
        self.pending = ""  # what may be the beginning of an escape sequence, or of a line's end
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.process, self.descriptor = pty.fork()
        if self.process == 0:
            os.chdir(cwd)
            os.execvpe(program, [str(program), *map(str, arguments)], environment(TERM="xterm-256color", **further))
        self.resize(rows, columns)

    @classmethod
    def of(cls, program, arguments, **further):
        """Another program in such a terminal."""
        return cls(*arguments, program=program, **further)

    def resize(self, rows, columns):
        self.rows, self.columns = rows, columns
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self, seconds=0.05):
        """Takes what comes within a time; whether there may be more."""
        if not select.select([self.descriptor], [], [], seconds)[0]:
            return True
        try:
            chunk = os.read(self.descriptor, 1 << 16)
        except OSError:  # the other end is closed
            return False
        self.raw += chunk
        text = self.pending + self.decoder.decode(chunk)
        self.pending = re.search(r"(\x1b(\[[0-9;?]*)?|\r)?\Z", text).group()
        text = text[: len(text) - len(self.pending)].replace("\r\n", "\n")
        self.plain += re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)
        return bool(chunk)

    @property
    def text(self):
        return self.raw.decode("utf-8", "replace").replace("\r\n", "\n")

    def wait_for(self, pattern, seconds=20, since=0):
        """Reads until the plain text matches; gives the place behind the match."""
        deadline = time.monotonic() + seconds
        while True:
            found = re.compile(pattern).search(self.plain, since)
            if found:
                return found.end()
            if not self.read(0.1) or time.monotonic() > deadline:
                self.read(0.1)
                found = re.compile(pattern).search(self.plain, since)
                if found:
                    return found.end()
                raise AssertionError(f"no {pattern!r} in:\n{self.plain[since:][-3000:]}")

    def send(self, text):
        os.write(self.descriptor, text.encode())

    def interrupt(self):
        os.kill(self.process, signal.SIGINT)

    def end(self, seconds=30):
        """Reads to the end; the exit code."""
        deadline = time.monotonic() + seconds
        while self.read(0.2):
            if time.monotonic() > deadline:
                os.kill(self.process, signal.SIGKILL)
                raise AssertionError(f"it does not end; the last it wrote:\n{self.plain[-2000:]}")
        _, status = os.waitpid(self.process, 0)
        os.close(self.descriptor)
        return os.waitstatus_to_exitcode(status)


def screen(text, columns):
    """The lines that a terminal of this width shows after `text`: line feeds, returns, wrapping, moving up, erasing."""
    lines, row, column = [[]], 0, 0
    for part in re.findall(r"\x1b\[[0-9;?]*[A-Za-z]|.", text.replace("\r\n", "\n"), re.DOTALL):
        if part.startswith("\x1b["):
            number = int(re.sub(r"\D", "", part) or 1)
            if part[-1] == "A":
                row = max(0, row - number)
            elif part[-1] == "J":
                lines[row] = lines[row][:column]
                del lines[row + 1 :]
        elif part == "\n":
            row, column = row + 1, 0
        elif part == "\r":
            column = 0
        else:
            if column >= columns:
                row, column = row + 1, 0
            while len(lines) <= row:
                lines.append([])
            lines[row] += [" "] * (column - len(lines[row]))
            lines[row][column : column + 1] = [part]
            column += 2 if unicodedata.east_asian_width(part) in "WF" else 1
        while len(lines) <= row:
            lines.append([])
    return ["".join(line).rstrip() for line in lines]
