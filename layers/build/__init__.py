"""Large sets: any number of files made into one built folder, in one process, in a pool or on a Dask cluster."""
