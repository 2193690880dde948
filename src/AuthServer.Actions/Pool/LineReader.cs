using System.Buffers;
using System.IO.Pipelines;

namespace AuthServer.Actions.Pool;

/// <summary>Reads lines of at most <see cref="ActionLimits.MaxMessage"/> bytes.</summary>
internal sealed class LineReader(Stream stream)
{
    private readonly PipeReader pipe = PipeReader.Create(stream);

    /// <returns>Null at the end, or when a line is too long.</returns>
    public async Task<byte[]?> ReadAsync(CancellationToken ct)
    {
        while (true)
        {
            var read = await pipe.ReadAsync(ct);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = read.Buffer.Slice(0, end).ToArray();
                pipe.AdvanceTo(read.Buffer.GetPosition(1, end));
                return line;
            }

            if (read.IsCompleted || read.Buffer.Length > ActionLimits.MaxMessage)
                return null;
            pipe.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
