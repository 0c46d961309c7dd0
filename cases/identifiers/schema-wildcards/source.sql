insert into tenant_1.t values (1); insert into tenant_2.t values (2); insert into "tenant-x".t values (3); insert into other.t values (4);
