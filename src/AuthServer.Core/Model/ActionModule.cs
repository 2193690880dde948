namespace AuthServer.Core.Model;

/// <summary>Code that several Actions share. Its content is the draft.</summary>
public sealed class ActionModule : ICodeContent
{
    public required Guid Id { get; init; }

    /// <summary>Actions load it as <c>actions:</c> and this name, so that it never changes.</summary>
    public required string Name { get; init; }
    public string Code { get; set; } = "";
    public string Dependencies { get; set; } = "[]";
    public string SecretNames { get; set; } = "[]";
    public byte[]? SecretsSealed { get; set; }

    /// <summary>Null while none was published.</summary>
    public Guid? LatestVersionId { get; set; }

    /// <summary>The draft is what the latest version is.</summary>
    public bool AllChangesPublished { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>Published content of a module. It is never changed, and an Action names the one that it loads.</summary>
public sealed class ActionModuleVersion : ICodeContent
{
    public required Guid Id { get; init; }
    public required Guid ModuleId { get; init; }

    /// <summary>From 1.</summary>
    public required int Number { get; init; }
    public string Code { get; set; } = "";
    public string Dependencies { get; set; } = "[]";
    public string SecretNames { get; set; } = "[]";
    public byte[]? SecretsSealed { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A version of a module that an Action loads.</summary>
/// <param name="ModuleId">The module.</param>
/// <param name="Name">Its name.</param>
/// <param name="VersionId">The version.</param>
/// <param name="Number">Its number.</param>
public sealed record ActionModuleReference(Guid ModuleId, string Name, Guid VersionId, int Number);
