"""From a folder to the world's news: the same pipeline over shards, on one machine or many, resumed after a stop."""
