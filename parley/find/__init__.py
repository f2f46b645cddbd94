"""Marks → Facts: claims first, since everything else hangs on who answers for it."""
