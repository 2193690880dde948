using AuthServer.TestKit;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Tests.Postgres;

/// <summary>Guarantees that a PostgreSQL server must give.</summary>
public sealed class PostgresStoreTests(PostgresStore store) : IClassFixture<PostgresStore>
{
    [Fact]
    public async Task The_migrations_are_those_of_the_model()
    {
        RequirePostgres();

        Assert.False(
            await store.AskAsync<AuthDbContext, bool>(db => Task.FromResult(db.Database.HasPendingModelChanges())));
    }

    [Fact]
    public async Task A_server_that_keeps_what_it_acknowledges_is_taken()
    {
        RequirePostgres();

        Assert.Null(
            await store.AskAsync<AuthDbContext, string?>(db =>
                db.CheckIntegrityAsync(thorough: true, CancellationToken.None)));
    }

    [Fact]
    public async Task A_server_that_may_forget_what_it_acknowledged_is_refused_with_the_reason()
    {
        RequirePostgres();

        var complaint = await store.AskAsync<AuthDbContext, string?>(async db =>
        {
            await db.Database.OpenConnectionAsync();
            await db.Database.ExecuteSqlRawAsync("SET synchronous_commit = off");
            return await db.CheckIntegrityAsync(thorough: true, CancellationToken.None);
        });

        Assert.Contains("synchronous_commit=off", complaint, StringComparison.Ordinal);
        Assert.Contains("rotated refresh tokens", complaint, StringComparison.Ordinal);
    }

    private static void RequirePostgres()
    {
        if (TestPostgres.Server is null)
            throw Requires.Missing("AUTHSERVER_TEST_POSTGRES, a PostgreSQL server for the tests,");
    }
}
