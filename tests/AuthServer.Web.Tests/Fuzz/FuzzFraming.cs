using System.Globalization;
using System.Text;
using static AuthServer.Web.Tests.Fuzz.FuzzBodies;

namespace AuthServer.Web.Tests.Fuzz;

/// <summary>A request but for its framing.</summary>
internal sealed record Unframed(string Method, string Target, List<(string Name, string Value)> Headers, byte[] Body)
{
    public RawRequest With(params (string Name, string Value)[] framing) =>
        new(Method, Target, [.. Headers, .. framing], Body);
}

/// <summary>How the end of a body is marked, right or wrong.</summary>
internal static class FuzzFraming
{
    private const string Length = "Content-Length";
    private const string Coding = "Transfer-Encoding";

    private static readonly string[] Lengths =
        ["-1", "+5", "0x5", "5, 5", "5,6", " ", "a", "99999999999999999999", "9223372036854775807", "1e3", "５"];

    private static readonly string[] Codings =
        ["chunked, gzip", "gzip, chunked", "identity", "CHUNKED", "chunked, chunked", "x", ""];

    private static readonly string[] BrokenChunks =
    [
        "zz\r\nabc\r\n0\r\n\r\n", "-1\r\na\r\n0\r\n\r\n", "3\r\nabcdef\r\n0\r\n\r\n", "ffffffffffffffffff\r\na\r\n",
        "\r\n", "3;x=\"\r\nabc\r\n0\r\n\r\n", "3\nabc\n0\n\n", "0\r\nTrailer: x\r\n\r\n", "a\r\nabc",
    ];

    /// <summary>Three of four as they should be.</summary>
    public static RawRequest Frame(Random chance, Unframed request)
    {
        var length = request.Body.Length;
        return chance.Next(25) switch
        {
            0 => Chunked(request, chance.Next(1, 5_000)),
            1 => request.With((Length, Text(length + 1 + chance.Next(100)))) with { IsCutShort = true },
            2 => request.With((Length, Text(chance.Next(length + 1)))),
            3 => request.With((Length, Pick(chance, Lengths))) with { IsCutShort = true },
            4 => request.With((Coding, Pick(chance, Codings)), (Length, Text(length))) with { IsCutShort = true },
            5 => BrokenlyChunked(request, Pick(chance, BrokenChunks)),
            6 => request.With(),
            _ => request.With((Length, Text(length))),
        };
    }

    private static RawRequest BrokenlyChunked(Unframed request, string chunks) =>
        (request with { Body = Encoding.Latin1.GetBytes(chunks) }).With((Coding, "chunked")) with { IsCutShort = true };

    private static RawRequest Chunked(Unframed request, int size)
    {
        using var chunks = new MemoryStream();
        foreach (var chunk in request.Body.Chunk(size))
        {
            chunks.Write(Encoding.ASCII.GetBytes(chunk.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n"));
            chunks.Write(chunk);
            chunks.Write("\r\n"u8);
        }

        chunks.Write("0\r\n\r\n"u8);
        return (request with { Body = chunks.ToArray() }).With((Coding, "chunked"));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
