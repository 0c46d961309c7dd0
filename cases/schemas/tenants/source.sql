insert into shared.plan values (1, 'small'), (2, 'large');
insert into tenant_1.invoice values (1, 1, 'open', '2024-01-01'), (2, 2, 'closed', '2024-01-01');
insert into "tenant-2".invoice values (1, 2, null, '2024-01-01');
insert into private.invoice values (1);
