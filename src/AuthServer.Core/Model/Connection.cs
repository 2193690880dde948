namespace AuthServer.Core.Model;

/// <summary>Source of users: the embedded user database, or an identity provider.</summary>
public sealed class Connection
{
    public const string DefaultDatabase = "Username-Password-Authentication";

    /// <summary><c>con_</c> and 16 letters and digits.</summary>
    public required string Id { get; init; }
    public required string Name { get; init; }

    /// <summary><see cref="DatabaseStrategy"/>, or the provider's kind.</summary>
    public required string Strategy { get; init; }
    public string? DisplayName { get; set; }
    public bool IsDomainConnection { get; set; }
    public bool ShowAsButton { get; set; }
    public IReadOnlyList<string> Realms { get; set; } = [];
    public IReadOnlyDictionary<string, string> Metadata { get; set; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The connection's <c>options</c>: a JSON object.</summary>
    public string Options { get; set; } = "{}";

    /// <summary>
    /// Credential of this server at an identity provider; encrypted, <see cref="Connections.ConnectionSecrets"/>.
    /// </summary>
    public byte[]? SecretSealed { get; set; }

    /// <summary>Users can't sign up by themselves; from <c>options.disable_signup</c>.</summary>
    public bool DisableSignup { get; set; }

    /// <summary>
    /// Milliseconds that the slowest password hash which was imported from another server takes; null without such.
    /// </summary>
    public int? SlowestImportedHash { get; set; }

    /// <summary>The clients that may use it.</summary>
    public List<ConnectionClient> Clients { get; init; } = [];

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Auth0's name for a user database; user ids begin with it.</summary>
    public const string DatabaseStrategy = "auth0";

    public bool IsDatabase => Strategy == DatabaseStrategy;

    /// <summary>
    /// Whether this server can authenticate at the provider. A social connection may be made before its client id and
    /// secret are known; it signs no user in until then.
    /// </summary>
    public bool HasKeys => IsDatabase || SecretSealed is not null;

    /// <summary>Whether pages show its button by default.</summary>
    public bool OffersButton => ShowAsButton && HasKeys;

    /// <summary>
    /// A user database that a request may call <paramref name="name"/>: by its own name, or by one of its realms.
    /// </summary>
    public bool IsDatabaseOf(string name) =>
        IsDatabase && (Name == name || Realms.Contains(name, StringComparer.Ordinal));
}

/// <summary>A connection enabled for a client.</summary>
public sealed record ConnectionClient
{
    public required string ConnectionId { get; init; }
    public required string ClientId { get; init; }
}
