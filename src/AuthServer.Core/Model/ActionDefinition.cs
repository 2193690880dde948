namespace AuthServer.Core.Model;

/// <summary>The members that Actions, modules and versions of both have in common.</summary>
public interface ICodeContent
{
    string Code { get; set; }

    /// <summary>A JSON array as it was sent; every module that the runtime has needs no entry.</summary>
    string Dependencies { get; set; }

    /// <summary>Names of the secrets, and when each was set: a JSON array.</summary>
    string SecretNames { get; set; }

    /// <summary>The secrets by name, encrypted; null without any.</summary>
    byte[]? SecretsSealed { get; set; }
}

/// <summary>The members that an Action and a version of it have in common.</summary>
public interface IActionContent : ICodeContent
{
    string Runtime { get; set; }

    /// <summary>The modules that it loads.</summary>
    IReadOnlyList<ActionModuleReference> Modules { get; set; }
}

/// <summary>An Action: code of an administrator for one trigger. Its content is the draft.</summary>
public sealed class ActionDefinition : IActionContent
{
    public required Guid Id { get; init; }
    public required string Name { get; set; }

    /// <summary>One of <see cref="Actions.ActionTriggers"/>.</summary>
    public required string TriggerId { get; init; }
    public string Code { get; set; } = "";
    public string Dependencies { get; set; } = "[]";
    public string Runtime { get; set; } = ActionRuntimes.Default;
    public IReadOnlyList<ActionModuleReference> Modules { get; set; } = [];
    public string SecretNames { get; set; } = "[]";
    public byte[]? SecretsSealed { get; set; }

    /// <summary>The version that runs; null while none was deployed.</summary>
    public Guid? DeployedVersionId { get; set; }

    /// <summary>The draft is what the deployed version is.</summary>
    public bool AllChangesDeployed { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>Deployed content of an Action. It is never changed.</summary>
public sealed class ActionVersion : IActionContent
{
    public required Guid Id { get; init; }
    public required Guid ActionId { get; init; }

    /// <summary>From 1.</summary>
    public required int Number { get; init; }
    public string Code { get; set; } = "";
    public string Dependencies { get; set; } = "[]";
    public string Runtime { get; set; } = ActionRuntimes.Default;
    public IReadOnlyList<ActionModuleReference> Modules { get; set; } = [];
    public string SecretNames { get; set; } = "[]";
    public byte[]? SecretsSealed { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>An Action at its place among those of a trigger.</summary>
public sealed class ActionBinding
{
    public required Guid Id { get; init; }
    public required string TriggerId { get; init; }
    public required Guid ActionId { get; init; }

    /// <summary>Actions run in this order.</summary>
    public required int Position { get; init; }
    public required string DisplayName { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>The names that Auth0 gives the runtime; there is one here.</summary>
public static class ActionRuntimes
{
    public const string Default = "node22";

    public static IReadOnlyList<string> All { get; } = [Default, "node18", "node18-actions"];
}
