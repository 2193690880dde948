namespace AuthServer.Storage.Users;

/// <summary>
/// One value by which a user is found: a row of the index behind the Management API's searches. It is written with
/// the user (<see cref="UserSearchIndexer"/>), so that exact terms and prefixes are looked up on every database.
/// </summary>
public sealed class UserSearchTerm
{
    public const int MaxFieldLength = 200;

    public const int MaxValueLength = 300;

    public long Id { get; init; }

    public required string UserId { get; init; }

    /// <summary>The field's name as searches have it, such as <c>email</c> or <c>app_metadata.plan</c>.</summary>
    public required string Field { get; init; }

    /// <summary>The value as text; null when it is too long to be searched for.</summary>
    public string? Value { get; init; }

    /// <summary>The value of a JSON number.</summary>
    public double? Number { get; init; }
}
