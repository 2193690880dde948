using AuthServer.TestKit;

namespace AuthServer.Faults.Stores;

/// <summary>The ways in which stores fail.</summary>
public static class Outages
{
    private static readonly IReadOnlyList<(string Name, Place Place, Func<Task<Outage>> OpenAsync)> Known =
    [
        ("full disk", Place.Sqlite, FullDisk.OpenAsync),
        ("read-only files", Place.Sqlite, ReadOnlyFiles.OpenAsync),
        ("read-only database", Place.Postgres, ReadOnlyDatabase.OpenAsync),
        ("stopped server", Place.Postgres, StoppedServer.OpenAsync),
        ("cut connections", Place.Postgres, CutConnections.OpenAsync),
        ("silent connections", Place.Postgres, SilentConnections.OpenAsync),
        ("lost commits", Place.Postgres, LostCommits.OpenAsync),
    ];

    /// <summary>Those of the stores that are here.</summary>
    public static IEnumerable<(string Name, Place Place, Func<Task<Outage>> OpenAsync)> All =>
        Known.Where(outage => outage.Place.Embedded || TestPostgres.Server is not null);
}
