using AuthServer.TestKit;

namespace AuthServer.Faults;

/// <summary>Store of a deployment, and the number of its nodes.</summary>
public sealed record Place(string Name, bool Embedded, int Nodes)
{
    public static readonly Place Sqlite = new("SQLite", Embedded: true, Nodes: 1);
    public static readonly Place Postgres = new("PostgreSQL", Embedded: false, Nodes: 1);
    public static readonly Place TwoNodes = new("PostgreSQL, two nodes", Embedded: false, Nodes: 2);

    /// <summary>PostgreSQL when the tests have a server.</summary>
    public static IReadOnlyList<Place> All => TestPostgres.Server is null ? [Sqlite] : [Sqlite, Postgres, TwoNodes];

    /// <summary>Those of the store that the other tests run on.</summary>
    public static IReadOnlyList<Place> OfTheTests => TestPostgres.IsDefault ? [Postgres, TwoNodes] : [Sqlite];
}
