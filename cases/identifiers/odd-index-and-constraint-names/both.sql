create table "T" (id int primary key, "A;b" text, "User" text not null, "when" boolean not null default true,
   constraint "u""1" unique ("A;b"));
create unique index "i'2" on "T" (lower("User"), "A;b") where "when";
create unique index "i.3" on "T" ((("User" || ';') || "A;b")) where "User" <> 'it''s';
