using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Tests;

/// <summary>Reads that are stopped because they take too long.</summary>
public sealed class ReadTimeoutTests(TestStore store) : IClassFixture<TestStore>
{
    private const string Endless =
        """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT CAST(COUNT(*) AS int) AS "Value" FROM n
        """;

    [Fact]
    public async Task A_read_that_would_never_end_is_stopped_and_the_next_one_is_not()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => ReadAsync(TimeSpan.FromMilliseconds(50), Endless));

        Assert.Equal(1, await ReadAsync(TimeSpan.FromMinutes(1), """SELECT 1 AS "Value" """));
    }

    private Task<int> ReadAsync(TimeSpan timeout, string sql) => store.AskAsync<AuthDbContext, int>(db =>
        db.ReadWithinAsync(timeout, () => db.Database.SqlQueryRaw<int>(sql).SingleAsync(), CancellationToken.None));
}
