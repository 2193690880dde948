using System.Text.Json;
using AuthServer.Core;
using Microsoft.AspNetCore.Http.Features;

namespace AuthServer.Web.Management.Jobs;

/// <summary>The multipart body of an import.</summary>
internal sealed record ImportForm
{
    /// <summary>500 KB, as with Auth0.</summary>
    private const int MaxLength = 500 * 1024;
    private const int MaxDepth = 32;
    private const int MaxExternalId = 256;

    private static readonly string[] Fields = ["connection_id", "upsert", "external_id", "send_completion_email"];

    /// <summary>The file, which has hashes, is kept in memory.</summary>
    private static readonly FormOptions Options = new()
    {
        ValueCountLimit = 16,
        ValueLengthLimit = 1024,
        MemoryBufferThreshold = ManagementGuard.MaxBodyLength,
    };

    public string? ConnectionId { get; init; }
    public bool Upsert { get; init; }
    public string? ExternalId { get; init; }

    /// <summary>A JSON array, and how many users it has.</summary>
    public byte[] Users { get; init; } = [];
    public int Count { get; init; }

    public static async ValueTask<ImportForm?> BindAsync(HttpContext http)
    {
        var ct = http.RequestAborted;
        if (!http.Request.HasFormContentType)
        {
            throw new ManagementError(
                StatusCodes.Status415UnsupportedMediaType,
                "The Content-Type must be multipart/form-data.",
                "unsupported_media_type").AsException();
        }

        var form = await ReadAsync(new FormFeature(http.Request, Options), ct);
        if (form.Keys.FirstOrDefault(key => !Fields.Contains(key, StringComparer.Ordinal)) is { } unknown)
            throw ManagementException.Invalid($"Additional properties not allowed: {unknown}");
        if (form["connection_id"].ToString() is not { Length: > 0 } connection)
            throw ManagementException.Invalid("Missing required property: connection_id");
        if (form.Files is not [{ Name: "users" } file])
            throw ManagementException.Invalid("Expected one file, users");
        if (Flag(form, "send_completion_email"))
            throw ManagementException.Invalid("Only false is supported", "send_completion_email");
        var (users, count) = await ReadAsync(file, ct);
        return new ImportForm
        {
            ConnectionId = connection,
            Upsert = Flag(form, "upsert"),
            ExternalId = ExternalIdOf(form),
            Users = users,
            Count = count,
        };
    }

    private static async Task<IFormCollection> ReadAsync(FormFeature feature, CancellationToken ct)
    {
        try
        {
            return await feature.ReadFormAsync(ct);
        }
        catch (Exception malformed)
            when (malformed is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            throw ManagementException.Invalid("The form is malformed");
        }
    }

    private static async Task<(byte[] Users, int Count)> ReadAsync(IFormFile file, CancellationToken ct)
    {
        if (file.Length > MaxLength)
        {
            throw new ManagementError(
                StatusCodes.Status413PayloadTooLarge, "The users file is larger than 500 KB.", "payload_too_large")
                .AsException();
        }

        await using var content = file.OpenReadStream();
        if (await JsonText.ReadAsync(content, MaxDepth, ct) is { ValueKind: JsonValueKind.Array } users
            && JsonText.IsReadable(users))
            return (JsonSerializer.SerializeToUtf8Bytes(users, JsonText.Relaxed), users.GetArrayLength());
        throw ManagementError.BadRequest(
            "Failed to parse users file JSON when importing users. Make sure it is valid JSON.", "invalid_body")
            .AsException();
    }

    private static string? ExternalIdOf(IFormCollection form) => form["external_id"].ToString() switch
    {
        "" => null,
        { Length: > MaxExternalId } =>
            throw ManagementException.Invalid($"Expected at most {MaxExternalId} characters", "external_id"),
        var id => id,
    };

    private static bool Flag(IFormCollection form, string name) => form[name].ToString() switch
    {
        "" or "false" => false,
        "true" => true,
        _ => throw ManagementException.Invalid("Expected type boolean", name),
    };
}
