"""Findings for programs that watch over changes: JUnit, SARIF, annotations on GitHub; whatever was checked."""
