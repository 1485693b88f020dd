"""Opens the workbook on standard input in a process of its own with little memory and time, and says nothing.

Five kilobytes can describe a sheet of seventeen thousand million cells, and the reader ends the process that opens
it. So the server lets this process try first. Run by path; it imports nothing of the project.
"""

import io
import resource
import sys

MEMORY = 768 * 1024 * 1024  # bytes of address space; a full sheet of 20,000 rows takes some 200 MB
SECONDS = 30  # of processor time
DEADLY = 9  # exit code


def main() -> int:
    """0 when the workbook can be opened, or refused in words, without harm; `DEADLY` otherwise."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import python_calamine as calamine

    try:
        with calamine.load_workbook(io.BytesIO(sys.stdin.buffer.read())) as book:
            for index in range(len(book.sheet_names)):
                book.get_sheet_by_index(index).to_python(skip_empty_area=False)
    except MemoryError:
        return DEADLY
    except Exception:
        return 0  # the reader says in words what is wrong with it
    except BaseException:
        return DEADLY  # the library gave up in a way that the server would not survive either
    return 0


if __name__ == "__main__":
    sys.exit(main())
