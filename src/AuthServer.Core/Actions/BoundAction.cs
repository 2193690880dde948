namespace AuthServer.Core.Actions;

/// <summary>The deployed version of an Action that is bound to a trigger.</summary>
/// <param name="ActionId">The Action.</param>
/// <param name="VersionId">Its version.</param>
/// <param name="Name">The Action's name.</param>
/// <param name="Code">Source text.</param>
/// <param name="SecretsSealed">See <see cref="ActionSecrets"/>.</param>
public sealed record BoundAction(Guid ActionId, Guid VersionId, string Name, string Code, byte[]? SecretsSealed)
{
    public IReadOnlyList<BoundModule> Modules { get; init; } = [];

    /// <summary>JSON: the packages that it asks for.</summary>
    public string Dependencies { get; init; } = "[]";
}

/// <summary>The version of a module that an Action loads.</summary>
/// <param name="Name">The module's name.</param>
/// <param name="Code">Source text.</param>
/// <param name="SecretsSealed">See <see cref="ActionSecrets"/>.</param>
public sealed record BoundModule(string Name, string Code, byte[]? SecretsSealed);

/// <summary>The Actions of a trigger in order.</summary>
public sealed record BoundActions(IReadOnlyList<BoundAction> List)
{
    public bool IsEmpty => List.Count == 0;
}

/// <summary>Which Actions run at a trigger; cached until an administrator changes it.</summary>
public interface IActionBindings
{
    ValueTask<BoundActions> OfAsync(ActionTrigger trigger, CancellationToken ct);
}
