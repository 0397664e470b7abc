"""Findings as JUnit XML: a test case for each file with findings, and one for all the others."""

from collections.abc import Sequence
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from govern.model.finding import Finding
from govern.report import Report, counted
from govern.report.concise import clean, lines


def render(report: Report) -> str:
    """One test suite, named after the command. A file with errors is a failure; warnings alone are output of a test
    that passes.
    """
    suite = _attribute(report.command)
    pairs = zip(report.findings, lines(report._replace(color=False)), strict=True)
    cases = []
    failures = 0
    for path, group in groupby(pairs, key=lambda pair: pair[0].path):
        findings, texts = zip(*group, strict=True)
        failures += any(finding.severity == "error" for finding in findings)
        cases.append(_case(suite, report.shown(path), findings, texts))
    good = max(0, report.files - len(cases))
    if good or not cases:
        name = counted(good, "other file" if cases else "file") + " without findings"
        cases.append(f"    <testcase classname={suite} name={_attribute(name)}/>\n")
    counts = f'tests="{len(cases)}" failures="{failures}" errors="0" skipped="0" time="{report.seconds:.3f}"'
    tests = f"  <testsuite name={suite} {counts}>\n{''.join(cases)}  </testsuite>\n"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n{tests}</testsuites>\n'


def _case(suite: str, name: str, findings: Sequence[Finding], texts: Sequence[str]) -> str:
    errors = [finding for finding in findings if finding.severity == "error"]
    told = escape("\n".join(_said(finding, text) for finding, text in zip(findings, texts, strict=True)))
    if errors:
        more = f" (and {counted(len(errors) - 1, 'more error')})" if len(errors) > 1 else ""
        said = f"message={_attribute(errors[0].message + more)} type={_attribute(errors[0].rule)}"
        body = f"      <failure {said}>{told}</failure>\n"
    else:
        body = f"      <system-out>{told}</system-out>\n"
    return f"    <testcase classname={suite} name={_attribute(name)}>\n{body}    </testcase>\n"


def _said(finding: Finding, text: str) -> str:
    return text + (f"\n  hint: {clean(finding.hint)}" if finding.hint else "")


def _attribute(text: str) -> str:
    # `clean` because XML 1.0 has no way at all to write most control characters
    return quoteattr(clean(text))
