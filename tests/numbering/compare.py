"""Compares Ringup's numbering plan with libphonenumber, number by number.

    python3 tests/numbering/compare.py BINARY --numbers 5000000 --processes 2 --seed 1

`BINARY` is the program of the package `ringup-tests-numbering`; `phonenumbers` must be importable, in the version that
`requirements.txt` names. Prints what differs, and fails if anything does that is not listed in README.md.
"""

import argparse
import collections
import multiprocessing
import subprocess
import sys
import threading
import time

import questions
import oracle

BATCH = 2000


class Ringup:
    """The program under test."""

    def __init__(self, binary):
        self.process = subprocess.Popen([binary], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, batch):
        # Written whole before the answers are read, by a thread: both pipes are smaller than a batch.
        text = "".join("\t".join(question) + "\n" for question in batch) + ".\n"
        writer = threading.Thread(target=self._write, args=(text.encode(),))
        writer.start()
        answers = [self.process.stdout.readline().decode().rstrip("\n") for _ in batch]
        writer.join()
        return answers

    def _write(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()


def work(arguments):
    binary, seed, number, everything = arguments
    ringup = Ringup(binary)
    counts, differences = collections.Counter(), []
    batches = questions.systematic(seed, number) if everything else [questions.random_batch(seed, BATCH)]
    for batch in batches:
        for question, answer in zip(batch, ringup.ask([question[1:] for question in batch])):
            section, kind, country, text = question
            expected = oracle.answer(kind, country, text)
            if expected is None:
                counts["oracle fails"] += 1
            elif oracle.agrees(expected, answer):
                counts[section] += 1
            else:
                counts["DIFFERENT " + section] += 1
                if len(differences) < 20:
                    differences.append((section, kind, country, text, expected, answer))
    ringup.process.stdin.close()
    ringup.process.wait()
    return counts, differences


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--numbers", type=int, default=100_000)
    parser.add_argument("--processes", type=int, default=multiprocessing.cpu_count())
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--part", type=int, default=1, help="ask only each n-th of the systematic questions")
    parser.add_argument("--show", type=int, default=25)
    options = parser.parse_args()
    started = time.time()
    jobs = [(options.binary, (share, options.processes * options.part), 0, True) for share in range(options.processes)]
    jobs += [(options.binary, options.seed * 1_000_003 + number, number, False)
             for number in range(-(-options.numbers // BATCH))]
    counts, shown = collections.Counter(), 0
    with multiprocessing.Pool(options.processes) as pool:
        for found, differences in pool.imap_unordered(work, jobs):
            counts.update(found)
            for difference in differences:
                if shown < options.show:
                    shown += 1
                    print("\n".join(map(repr, difference)), "\n", file=sys.stderr)
    for section, count in sorted(counts.items()):
        print(f"{count:>9} {section}")
    total = sum(counts.values())
    different = sum(count for section, count in counts.items() if section.startswith("DIFFERENT"))
    print(f"{total} questions, {different} differences, libphonenumber {oracle.VERSION}, {time.time() - started:.0f} s")
    sys.exit(1 if different or total < options.numbers else 0)


if __name__ == "__main__":
    main()
