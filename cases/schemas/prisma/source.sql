insert into "_prisma_migrations" values ('1', 'abc', '2024-01-01', 'init', null, 1);
insert into "User" values ('cuid1', 'ann@example.org', 'ADMIN', '{ADMIN,USER}', '2024-01-01 00:00:00.123', '2024-01-01 00:00:00.123'), ('cuid2', 'bob@example.org', default, null, '2024-01-01', '2024-01-01');
insert into "Post" (title, "authorId", meta, price) values ('a', 'cuid1', '{"x": 1.0}', 0.000000000000000000000000000001), ('b', 'cuid2', null, null);
insert into "_PostToTag" values (1, 1), (1, 2), (2, 1);
