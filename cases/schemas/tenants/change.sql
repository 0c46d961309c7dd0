update tenant_1.invoice set state = 'closed', updated_at = now() where id = 1;
delete from "tenant-2".invoice where id = 1;
insert into "tenant-2".invoice values (2, 1, 'open', now());
insert into private.invoice values (2);
