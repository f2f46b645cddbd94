"""The pages, one module each; `app.py` lists their routers in the order of the head line."""
