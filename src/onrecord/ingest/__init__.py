"""Documents from the network: fetched safely, politely and within one limit of time and size."""
