import os
from pathlib import Path

import pytest

DATA = Path(__file__).parents[4] / "shared" / "data"


@pytest.fixture
def real_data():
    """The folder of real data beside the repository; on CI it must be there."""
    if not DATA.is_dir():
        if os.environ.get("CI"):
            pytest.fail("../shared/data is missing on CI")
        pytest.skip("the real data (../shared/data) is not here")
    return DATA
