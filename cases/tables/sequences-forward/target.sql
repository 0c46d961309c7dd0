select setval('ahead_id_seq', 500);
