"""One result out of those of many workbooks."""
