using System.Text.Json;

namespace AuthServer.Core.Actions;

/// <summary>
/// Secrets of an Action, encrypted at rest: its code can read them, and no response of the Management API contains
/// them.
/// </summary>
public static class ActionSecrets
{
    private const string Purpose = "action-secrets";

    /// <returns>Null when there are none.</returns>
    public static byte[]? Seal(IReadOnlyDictionary<string, string> secrets, ISecretBox box) =>
        secrets.Count == 0 ? null : box.Seal(JsonSerializer.SerializeToUtf8Bytes(secrets), Purpose);

    public static IReadOnlyDictionary<string, string> Open(byte[]? sealedSecrets, ISecretBox box) =>
        sealedSecrets is null
            ? new Dictionary<string, string>(StringComparer.Ordinal)
            : JsonSerializer.Deserialize<Dictionary<string, string>>(box.Open(sealedSecrets, Purpose))!;
}
