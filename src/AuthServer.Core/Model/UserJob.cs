namespace AuthServer.Core.Model;

/// <summary>
/// Import of users from a file, or an export of users: Auth0's <c>users_import</c> and <c>users_export</c>. The counts
/// change in the transaction that imports a user, so that they are true whenever the process ends.
/// </summary>
public sealed class UserJob
{
    public const string Import = "users_import";
    public const string Export = "users_export";

    /// <summary>Purpose of <see cref="ContentSealed"/>.</summary>
    public const string ContentPurpose = "user job";

    /// <summary>After it, a job is forgotten with its errors.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    /// <summary><c>job_</c> and 16 letters and digits.</summary>
    public required string Id { get; init; }
    public required string Type { get; init; }
    public required string Status { get; set; }

    /// <summary>The database that users are imported into, or exported from; null for all.</summary>
    public string? ConnectionId { get; init; }

    /// <summary>Users that exist are updated.</summary>
    public bool Upsert { get; init; }

    /// <summary>The caller's name for the job.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The client that asked, with the scopes of its token: the import may do what they allow.</summary>
    public required string ClientId { get; init; }
    public required Scopes Scope { get; init; }

    /// <summary>The users to import, which have hashes, or what is exported: JSON. Null once it is imported.</summary>
    public byte[]? ContentSealed { get; set; }

    /// <summary>How many users of the file there are, and how many are done.</summary>
    public int Total { get; init; }
    public int Position { get; set; }
    public int Inserted { get; set; }
    public int Updated { get; set; }
    public int Refused { get; set; }

    /// <summary>Until then, one node imports.</summary>
    public DateTimeOffset ClaimedUntil { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A user of a file that was not imported.</summary>
public sealed class UserJobError
{
    public required string JobId { get; init; }

    /// <summary>Which one of the file.</summary>
    public required int Position { get; init; }

    /// <summary>The user without hashes: JSON.</summary>
    public required string User { get; init; }

    /// <summary>One of Auth0's codes.</summary>
    public required string Code { get; init; }
    public required string Message { get; init; }

    /// <summary>The member; empty when it is not about one.</summary>
    public required string Path { get; init; }
}
