using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Sqlite;

public sealed class SqliteAuthDbContext(DbContextOptions<SqliteAuthDbContext> options) : AuthDbContext(options);
