create schema f;
