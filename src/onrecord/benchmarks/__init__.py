"""Speed and memory of each stage on this machine: what ``onrecord benchmark`` measures."""
