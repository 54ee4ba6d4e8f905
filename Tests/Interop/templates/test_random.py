"""Random cases: set TEMPLATE_SEED to repeat a run, TEMPLATE_CASES for more or fewer."""

import os
import random
from concurrent.futures import ThreadPoolExecutor

import django_side
import turboctl_side
from generator import Generator

SEED = int(os.environ.get("TEMPLATE_SEED") or random.randrange(2**32))
COUNT = int(os.environ.get("TEMPLATE_CASES") or 3000)


def differs(expected, result):
    if isinstance(expected, django_side.Failure):
        return result.code != 2 or result.output
    return (result.code, result.output) != (0, expected)


def test_random_templates_render_alike(tmp_path):
    print(f"TEMPLATE_SEED={SEED}")
    generator = Generator(random.Random(SEED))
    cases = [generator.case() for _ in range(COUNT)]
    directories = [tmp_path / str(number) for number in range(COUNT)]
    for case, directory in zip(cases, directories):
        directory.mkdir()
        case.write(directory)
    with ThreadPoolExecutor(4) as pool:
        results = pool.map(turboctl_side.render, cases, directories)
        expected = map(django_side.render, cases, directories)
        differences = [
            f"{directory.name}: {case}\nDjango: {output}\nturboctl: {result}"
            for case, directory, output, result in zip(cases, directories, expected, results)
            if differs(output, result)
        ]
    assert not differences, f"{len(differences)} of {COUNT}\n" + "\n\n".join(differences[:5])
