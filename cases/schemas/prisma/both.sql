create type "Role" as enum ('USER', 'ADMIN');
create table "_prisma_migrations" (id varchar(36) primary key not null, checksum varchar(64) not null, finished_at timestamptz, migration_name varchar(255) not null, logs text, applied_steps_count integer not null default 0);
create table "User" (id text not null, email text not null, role "Role" not null default 'USER', roles "Role"[] default array['USER']::"Role"[], "createdAt" timestamp(3) not null default current_timestamp, "updatedAt" timestamp(3) not null, constraint "User_pkey" primary key (id));
create unique index "User_email_key" on "User" (email);
create table "Post" (id serial not null, title varchar(255) not null, "authorId" text not null, meta jsonb, price decimal(65, 30), constraint "Post_pkey" primary key (id), constraint "Post_authorId_fkey" foreign key ("authorId") references "User" (id) on delete restrict on update cascade);
create table "_PostToTag" ("A" integer not null, "B" integer not null);
create unique index "_PostToTag_AB_unique" on "_PostToTag" ("A", "B");
create index "_PostToTag_B_index" on "_PostToTag" ("B");
