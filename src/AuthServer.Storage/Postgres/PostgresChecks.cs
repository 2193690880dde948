using Microsoft.EntityFrameworkCore;

namespace AuthServer.Storage.Postgres;

/// <summary>What a PostgreSQL server must promise before anything is kept there (security.md E6).</summary>
public static class PostgresChecks
{
    /// <returns>What is wrong and what to do, in sentences; null when nothing is.</returns>
    public static async Task<string?> ComplaintAsync(AuthDbContext db, CancellationToken ct)
    {
        foreach (var (setting, consequence) in Needed)
        {
            var value = (await db.Database.SqlQuery<string>($"""SELECT current_setting({setting}) AS "Value" """).ToListAsync(ct))[0];
            if (value == "off")
                return $"PostgreSQL runs with {setting}=off: {consequence} Set {setting} = on for this database, and start again.";
        }

        return null;
    }

    private static readonly (string Setting, string Consequence)[] Needed =
    [
        ("synchronous_commit", "it acknowledges a commit before it is on the disk, and after a crash spent codes, rotated refresh tokens and revocations would come back."),
        ("fsync", "after a crash of the machine the database may be lost."),
        ("full_page_writes", "after a crash of the machine the database may be lost."),
    ];
}
